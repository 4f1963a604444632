// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.reassembly;

import java.util.Arrays;

/**
 * The set of byte positions of a stream that have arrived, as sorted disjoint half-open ranges.
 * Completeness is decided from this set and never by adding up lengths, so repeats and overlaps
 * cannot hide a hole. The number of ranges is bounded. Not thread-safe.
 */
public final class ByteRanges {
  private final int maxRanges;
  private int[] starts = new int[8];
  private int[] ends = new int[8];
  private int count;

  /**
   * Makes an empty set.
   *
   * @param maxRanges the most disjoint ranges it may hold, 1 or more
   */
  public ByteRanges(int maxRanges) {
    this.maxRanges = maxRanges;
  }

  /** Empties the set. */
  public void clear() {
    count = 0;
  }

  /** Whether the set has no position. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** The lowest position; 0 when empty. */
  public int first() {
    return count == 0 ? 0 : starts[0];
  }

  /** The position behind the highest one; 0 when empty. */
  public int end() {
    return count == 0 ? 0 : ends[count - 1];
  }

  /**
   * Adds {@code start} (included) to {@code end} (excluded).
   *
   * @return false, with the set unchanged, when that would make too many ranges
   */
  public boolean add(int start, int end) {
    if (start >= end) {
      return true;
    }
    int from = 0;
    while (from < count && ends[from] < start) {
      from++;
    }
    int to = from;
    while (to < count && starts[to] <= end) {
      to++;
    }
    if (from == to) {
      return insert(from, start, end);
    }
    starts[from] = Math.min(starts[from], start);
    ends[from] = Math.max(ends[to - 1], end);
    remove(from + 1, to);
    return true;
  }

  /** The first position from {@code from} on that is not in the set. */
  public int nextMissing(int from) {
    for (int i = 0; i < count; i++) {
      if (starts[i] <= from && from < ends[i]) {
        return ends[i];
      }
    }
    return from;
  }

  /**
   * The first position from {@code from} on that is in the set, or {@code limit} if none before.
   */
  public int nextPresent(int from, int limit) {
    for (int i = 0; i < count; i++) {
      if (from < ends[i]) {
        return Math.min(limit, Math.max(from, starts[i]));
      }
    }
    return limit;
  }

  /** Removes every position below {@code position}. */
  public void removeBelow(int position) {
    int to = 0;
    while (to < count && ends[to] <= position) {
      to++;
    }
    remove(0, to);
    if (count > 0) {
      starts[0] = Math.max(starts[0], position);
    }
  }

  /** Moves all positions by {@code distance}; they must stay 0 or more. */
  public void shift(int distance) {
    for (int i = 0; i < count; i++) {
      starts[i] += distance;
      ends[i] += distance;
    }
  }

  private boolean insert(int index, int start, int end) {
    if (count == maxRanges) {
      return false;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    System.arraycopy(starts, index, starts, index + 1, count - index);
    System.arraycopy(ends, index, ends, index + 1, count - index);
    starts[index] = start;
    ends[index] = end;
    count++;
    return true;
  }

  private void remove(int from, int to) {
    if (from < to) {
      System.arraycopy(starts, to, starts, from, count - to);
      System.arraycopy(ends, to, ends, from, count - to);
      count -= to - from;
    }
  }
}
