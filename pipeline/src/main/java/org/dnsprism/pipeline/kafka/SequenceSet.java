// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.util.Map;
import java.util.TreeMap;

/** Numbers that were seen, as ranges without gaps: small when there are few gaps. */
final class SequenceSet {
  private final TreeMap<Long, Long> ranges = new TreeMap<>();
  private long size;

  /**
   * Adds a number.
   *
   * @return false when it was there already
   */
  boolean add(long number) {
    return add(number, number) > 0;
  }

  /**
   * Adds all numbers from one to another.
   *
   * @return how many of them were not there
   */
  long add(long first, long last) {
    long from = first;
    long to = last;
    long had = 0;
    Map.Entry<Long, Long> before = ranges.floorEntry(first);
    if (before != null && before.getValue() >= first - 1) {
      from = before.getKey();
    }
    Map.Entry<Long, Long> next = ranges.ceilingEntry(from);
    while (next != null && next.getKey() <= last + 1) {
      had += overlap(next.getKey(), next.getValue(), first, last);
      to = Math.max(to, next.getValue());
      ranges.remove(next.getKey());
      next = ranges.ceilingEntry(from);
    }
    ranges.put(from, to);
    long added = last - first + 1 - had;
    size += added;
    return added;
  }

  private static long overlap(long from, long to, long first, long last) {
    return Math.max(0, Math.min(to, last) - Math.max(from, first) + 1);
  }

  /** How many numbers were added. */
  long size() {
    return size;
  }

  /** How many numbers from one to another are in it; 0 when the first is larger than the last. */
  long countIn(long first, long last) {
    long count = 0;
    for (Map.Entry<Long, Long> range : ranges.entrySet()) {
      count += overlap(range.getKey(), range.getValue(), first, last);
    }
    return count;
  }

  /** Adds all numbers of another set. */
  void addAll(SequenceSet other) {
    other.ranges.forEach(this::add);
  }

  /** The smallest number; -1 when empty. */
  long first() {
    return ranges.isEmpty() ? -1 : ranges.firstKey();
  }

  /** The largest number; -1 when empty. */
  long last() {
    return ranges.isEmpty() ? -1 : ranges.lastEntry().getValue();
  }

  /** The first few gaps from one number to another, as in {@code 3, 7-9}. */
  String gaps(long from, long last, int most) {
    StringBuilder text = new StringBuilder();
    long next = from;
    int told = 0;
    for (Map.Entry<Long, Long> range : ranges.entrySet()) {
      if (range.getKey() > next) {
        told++;
        append(text, next, range.getKey() - 1, told, most);
      }
      next = Math.max(next, range.getValue() + 1);
    }
    if (next <= last) {
      told++;
      append(text, next, last, told, most);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, long from, long to, int told, int most) {
    if (told <= most) {
      text.append(told == 1 ? "" : ", ").append(from == to ? "" + from : from + "-" + to);
    } else if (told == most + 1) {
      text.append(", ...");
    }
  }
}
