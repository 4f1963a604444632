// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.Arrays;
import java.util.function.Consumer;
import org.dnsprism.classifier.flow.FlowView;
import org.jspecify.annotations.Nullable;

/** Cells by key: open addressing over primitive keys, so that a look-up allocates nothing. */
final class CellIndex {
  private static final long K1 = 0x9e3779b97f4a7c15L;
  private static final long K2 = 0xc2b2ae3d27d4eb4fL;
  private static final int FIRST_SLOTS = 64;

  private long[] highs = new long[FIRST_SLOTS];
  private long[] lows = new long[FIRST_SLOTS];
  private long[] kinds = new long[FIRST_SLOTS];
  private @Nullable Cell[] cells = new Cell[FIRST_SLOTS];
  private int size;

  int size() {
    return size;
  }

  /** Everything of a flow's cell key but the server's address, packed in one word. */
  static long kind(FlowView flow, boolean ownResolver, boolean anyServer) {
    return flow.transport().ordinal()
        | (long) flow.role().ordinal() << 8
        | (ownResolver ? 1L << 16 : 0)
        | (anyServer ? 1L << 17 : 0)
        | (long) flow.operator() << 32;
  }

  @Nullable Cell find(long high, long low, long kind) {
    return cells[slot(high, low, kind)];
  }

  void put(long high, long low, long kind, Cell cell) {
    if (size * 2 >= cells.length) {
      grow();
    }
    int slot = slot(high, low, kind);
    highs[slot] = high;
    lows[slot] = low;
    kinds[slot] = kind;
    cells[slot] = cell;
    size++;
  }

  void forEach(Consumer<Cell> action) {
    for (Cell cell : cells) {
      if (cell != null) {
        action.accept(cell);
      }
    }
  }

  private int slot(long high, long low, long kind) {
    int mask = cells.length - 1;
    long hash = ((high * K1 ^ low) * K2 ^ kind) * K1;
    int slot = (int) (hash >>> 32) & mask;
    while (cells[slot] != null
        && (lows[slot] != low || highs[slot] != high || kinds[slot] != kind)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHighs = highs;
    long[] oldLows = lows;
    long[] oldKinds = kinds;
    @Nullable Cell[] oldCells = cells;
    highs = new long[oldCells.length * 2];
    lows = new long[oldCells.length * 2];
    kinds = new long[oldCells.length * 2];
    cells = Arrays.copyOf(new Cell[0], oldCells.length * 2);
    size = 0;
    for (int i = 0; i < oldCells.length; i++) {
      Cell cell = oldCells[i];
      if (cell != null) {
        put(oldHighs[i], oldLows[i], oldKinds[i], cell);
      }
    }
  }
}
