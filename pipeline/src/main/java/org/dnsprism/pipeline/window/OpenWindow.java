// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.endpoint.AddressBlock;
import org.dnsprism.classifier.flow.FlowShards;
import org.dnsprism.classifier.flow.FlowView;
import org.dnsprism.classifier.flow.Role;
import org.dnsprism.classifier.verdict.Transport;
import org.jspecify.annotations.Nullable;

/**
 * One worker's part of a window. Which servers get cells of their own is decided for each shard
 * apart, so that it does not depend on how shards are spread over workers; the cells themselves are
 * the worker's.
 */
final class OpenWindow {
  /** Cells of their own for so many servers in each shard; further ones share a cell. */
  static final int MAX_CELLS_PER_SHARD = 4096;

  private static final Transport[] TRANSPORTS = Transport.values();
  private static final Role[] ROLES = Role.values();

  private final int interval;
  private final WindowTotals totals = new WindowTotals();
  private final CellIndex cells = new CellIndex();
  private final @Nullable CellIndex[] known = new CellIndex[FlowShards.SHARDS];
  private RingLedgers.@Nullable Entry ledger;

  OpenWindow(int interval) {
    this.interval = interval;
  }

  int interval() {
    return interval;
  }

  WindowTotals totals() {
    return totals;
  }

  /** The cell of a flow. */
  Cell cell(int shard, FlowView flow, boolean ownResolver) {
    CellIndex index = known[shard];
    if (index == null) {
      index = new CellIndex();
      known[shard] = index;
    }
    long kind = CellIndex.kind(flow, ownResolver, false);
    Cell cell = index.find(flow.serverHigh(), flow.serverLow(), kind);
    if (cell != null) {
      return cell;
    }
    if (index.size() >= MAX_CELLS_PER_SHARD) {
      totals.add(WindowTotals.Count.CELLS_FOLDED, 1);
      return shared(0, 0, CellIndex.kind(flow, ownResolver, true));
    }
    cell = shared(flow.serverHigh(), flow.serverLow(), kind);
    index.put(flow.serverHigh(), flow.serverLow(), kind, cell);
    return cell;
  }

  private Cell shared(long high, long low, long kind) {
    Cell cell = cells.find(high, low, kind);
    if (cell == null) {
      cell = new Cell(key(high, low, kind));
      cells.put(high, low, kind, cell);
    }
    return cell;
  }

  private static CellKey key(long high, long low, long kind) {
    return new CellKey(
        TRANSPORTS[(int) kind & 0xff],
        (int) (kind >>> 32),
        high,
        low,
        AddressBlock.ADDRESS_BITS,
        (kind & 1L << 17) != 0,
        ROLES[(int) (kind >>> 8) & 0xff],
        (kind & 1L << 16) != 0);
  }

  /** What became of the frames of the worker's rings until the window was closed. */
  void setLedger(RingLedgers.Entry entry) {
    ledger = entry;
  }

  /** Likewise; null where the frames did not come from rings. */
  RingLedgers.@Nullable Entry ledger() {
    return ledger;
  }

  /** The cells in no particular order. */
  List<Cell> cells() {
    List<Cell> list = new ArrayList<>(cells.size());
    cells.forEach(list::add);
    return list;
  }
}
