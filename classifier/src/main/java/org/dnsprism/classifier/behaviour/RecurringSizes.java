// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

import java.util.Arrays;

/**
 * Counts the records of one direction and tells whether half of them are headers before bodies.
 * HPACK brings the header of a message down to nearly the same few bytes each time (RFC 7541), so
 * that header records have a size of their own; bodies follow the names in them, or are padded. The
 * sizes that recur most are kept, a few of them.
 */
final class RecurringSizes {
  private static final int KEPT = 4;

  /** A length field in a header is written in one to four bytes, or not at all. */
  private static final int TOLERANCE_BYTES = 6;

  /** Headers beyond that are no longer short ones. */
  private static final int MAX_HEADER_BYTES = 200;

  /** So many headers at least show that a size recurs. */
  private static final int MIN_HEADERS = 3;

  private final int minBytes;
  private final int[] sizes = new int[KEPT];
  private final int[] counts = new int[KEPT];
  private final int[] countsLarge = new int[KEPT];
  private int next;
  private int large;

  /**
   * Makes one for a direction.
   *
   * @param minBytes records that are smaller hold no message
   */
  RecurringSizes(int minBytes) {
    this.minBytes = minBytes;
  }

  void reset() {
    Arrays.fill(counts, 0);
    Arrays.fill(countsLarge, 0);
    next = 0;
    large = 0;
  }

  void add(int bytes) {
    boolean isLarge = bytes >= minBytes;
    large += isLarge ? 1 : 0;
    int place = place(bytes);
    counts[place]++;
    countsLarge[place] += isLarge ? 1 : 0;
  }

  /** Where the size is kept: with one that is nearly the same, or in place of one met once. */
  private int place(int bytes) {
    int rarest = next;
    for (int i = 0; i < KEPT; i++) {
      if (counts[i] > 0 && Math.abs(bytes - sizes[i]) <= TOLERANCE_BYTES) {
        return i;
      }
      rarest = counts[i] < counts[rarest] ? i : rarest;
    }
    next = (next + 1) % KEPT;
    sizes[rarest] = bytes;
    counts[rarest] = 0;
    countsLarge[rarest] = 0;
    return rarest;
  }

  /** Records that may hold a message. */
  int records() {
    return large;
  }

  /** Bodies, if half of the records are headers; else 0. */
  int bodies() {
    int found = 0;
    int leastOff = Integer.MAX_VALUE;
    for (int i = 0; i < KEPT; i++) {
      int rest = large - countsLarge[i];
      int off = Math.abs(counts[i] - rest);
      boolean half = counts[i] >= MIN_HEADERS && off <= Math.max(1, rest * 3 / 10);
      if (half && sizes[i] <= MAX_HEADER_BYTES && countsLarge[i] > 0 && off < leastOff) {
        leastOff = off;
        found = rest;
      }
    }
    return found;
  }
}
