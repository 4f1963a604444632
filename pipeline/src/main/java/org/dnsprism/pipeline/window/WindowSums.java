// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.dnsprism.classifier.endpoint.AddressBlock;
import org.dnsprism.classifier.endpoint.EndpointList;

/** A window, or the whole run, put together from the parts of all workers. */
final class WindowSums {
  /** Cells of their own in the records; those with the least traffic share the others' cell. */
  static final int MAX_CELLS = 4096;

  private final WindowTotals totals = new WindowTotals();
  private final TreeMap<CellKey, Cell> cells = new TreeMap<>();
  private final RingLedgers rings = new RingLedgers();

  WindowTotals totals() {
    return totals;
  }

  /** What became of the frames of all rings; of nothing in a replay. */
  RingLedgers rings() {
    return rings;
  }

  /** The cells in the order of their keys. */
  Collection<Cell> cells() {
    return cells.values();
  }

  void add(OpenWindow part) {
    totals.addAll(part.totals());
    RingLedgers.Entry ledger = part.ledger();
    if (ledger != null) {
      rings.add(ledger);
    }
    for (Cell cell : part.cells()) {
      add(cell.key(), cell);
    }
  }

  /** Adds a window to a run: servers are put together, so that a long run stays small. */
  void addWithoutServers(WindowSums window) {
    totals.addAll(window.totals);
    rings.addAll(window.rings);
    for (Cell cell : window.cells.values()) {
      add(cell.key().withAnyServer(), cell);
    }
  }

  private void add(CellKey key, Cell cell) {
    cells.computeIfAbsent(key, Cell::new).addAll(cell);
  }

  /** Puts the servers of each network together whose addresses tell customers. */
  void hideCustomers(EndpointList endpoints) {
    for (Cell cell : List.copyOf(cells.values())) {
      CellKey key = cell.key();
      AddressBlock network =
          key.anyServer() ? null : endpoints.customerNetwork(key.serverHigh(), key.serverLow());
      if (network != null) {
        cells.remove(key);
        add(key.withServers(network), cell);
      }
    }
  }

  /** Puts the cells with the least traffic together until few enough are left. */
  void fold() {
    if (cells.size() <= MAX_CELLS) {
      return;
    }
    List<Cell> bySize = new ArrayList<>(cells.values());
    bySize.sort(
        Comparator.comparingLong((Cell cell) -> cell.clientPackets + cell.serverPackets)
            .reversed()
            .thenComparing(Cell::key));
    for (Cell cell : bySize.subList(MAX_CELLS, bySize.size())) {
      if (!cell.key().anyServer()) {
        cells.remove(cell.key());
        add(cell.key().withAnyServer(), cell);
        totals.add(WindowTotals.Count.CELLS_FOLDED, 1);
      }
    }
  }
}
