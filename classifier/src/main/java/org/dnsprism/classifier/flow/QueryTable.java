// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.Arrays;

/**
 * The queries of a shard that wait for a response, oldest first: a ring for their time limit and
 * hash chains through it for the look-up. When the ring is full the oldest query is given up.
 */
final class QueryTable {
  private static final int NONE = -1;

  private final long timeoutNanos;
  private final int mask;
  private final long[] times;
  private final long[] names;
  private final int[] flows;
  private final int[] generations;
  private final int[] ids;
  private final int[] next;
  private final int[] buckets;
  private long head;
  private long tail;
  private long evicted;

  /** Told of a query that is given up. */
  interface GivenUp {
    /**
     * Takes one query.
     *
     * @param flow entry of its flow
     * @param generation of the entry when the query was sent
     */
    void accept(int flow, int generation);
  }

  QueryTable(int capacity, long timeoutNanos) {
    int size = Integer.highestOneBit(Math.max(16, capacity));
    this.timeoutNanos = timeoutNanos;
    mask = size - 1;
    times = new long[size];
    names = new long[size];
    flows = new int[size];
    generations = new int[size];
    ids = new int[size];
    next = new int[size];
    buckets = new int[size];
    Arrays.fill(buckets, NONE);
  }

  /** Queries given up because the table was full. */
  long evicted() {
    return evicted;
  }

  /** Notes a query; may give up the oldest one to make room. */
  void add(int flow, int generation, int id, long nameHash, long timeNanos, GivenUp givenUp) {
    if (head - tail > mask) {
      evicted++;
      dropOldest(givenUp);
    }
    int slot = (int) head++ & mask;
    times[slot] = timeNanos;
    names[slot] = nameHash;
    flows[slot] = flow;
    generations[slot] = generation;
    ids[slot] = id;
    int bucket = bucket(flow, id);
    next[slot] = buckets[bucket];
    buckets[bucket] = slot;
  }

  /**
   * Takes the oldest query that a response answers out of the table.
   *
   * @param nameHash of the response's question
   * @param anyName the response repeats no question, so that the identifier alone must do
   * @return when the query was sent, or -1 when no query fits
   */
  long answer(int flow, int generation, int id, long nameHash, boolean anyName) {
    int found = NONE;
    for (int slot = buckets[bucket(flow, id)]; slot != NONE; slot = next[slot]) {
      if (flows[slot] == flow
          && generations[slot] == generation
          && ids[slot] == id
          && (anyName || names[slot] == nameHash)) {
        found = slot;
      }
    }
    if (found == NONE) {
      return -1;
    }
    unlink(found);
    return times[found];
  }

  /** Gives up the queries that have waited too long. */
  void expire(long nowNanos, GivenUp givenUp) {
    while (tail < head && nowNanos - times[(int) tail & mask] > timeoutNanos) {
      dropOldest(givenUp);
    }
  }

  private void dropOldest(GivenUp givenUp) {
    int slot = (int) tail++ & mask;
    if (flows[slot] != NONE) {
      int flow = flows[slot];
      unlink(slot);
      givenUp.accept(flow, generations[slot]);
    }
  }

  private void unlink(int slot) {
    int bucket = bucket(flows[slot], ids[slot]);
    if (buckets[bucket] == slot) {
      buckets[bucket] = next[slot];
    } else {
      int before = buckets[bucket];
      while (next[before] != slot) {
        before = next[before];
      }
      next[before] = next[slot];
    }
    flows[slot] = NONE;
  }

  private int bucket(int flow, int id) {
    int mixed = (flow * 0x9e3779b9 + id) * 0x85ebca6b;
    return (mixed ^ mixed >>> 15) & mask;
  }
}
