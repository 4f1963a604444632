// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts by small numeric code, such as query type or response code. Remote hosts choose the codes,
 * so their number is bounded: further ones are counted together under {@link #REST}.
 */
public final class CodeCounts {
  /** Stands for all codes beyond the bound. */
  public static final int REST = -1;

  private static final int MAX_CODES = 64;

  private int[] codes = new int[4];
  private long[] counts = new long[4];
  private int size;
  private long rest;

  void add(int code, long by) {
    for (int i = 0; i < size; i++) {
      if (codes[i] == code) {
        counts[i] += by;
        return;
      }
    }
    if (size == MAX_CODES || code == REST) {
      rest += by;
      return;
    }
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    codes[size] = code;
    counts[size++] = by;
  }

  void addAll(CodeCounts other) {
    other.counts().forEach(this::add);
  }

  /** The counts by code, {@link #REST} first if there are any. */
  public SortedMap<Integer, Long> counts() {
    SortedMap<Integer, Long> map = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      map.put(codes[i], counts[i]);
    }
    if (rest > 0) {
      map.put(REST, rest);
    }
    return map;
  }
}
