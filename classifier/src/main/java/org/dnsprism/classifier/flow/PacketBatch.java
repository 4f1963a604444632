// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.wire.Packet;

/** A few packets that are taken together, so that the cache misses of their look-ups overlap. */
public final class PacketBatch {
  /** The most packets in a batch. */
  public static final int CAPACITY = 32;

  final Packet[] packets = new Packet[CAPACITY];
  final int[] intervals = new int[CAPACITY];
  final int[] shards = new int[CAPACITY];
  final int[] entries = new int[CAPACITY];
  final long[] hashes = new long[CAPACITY];
  final boolean[] forward = new boolean[CAPACITY];
  int size;

  /** Makes an empty batch. */
  public PacketBatch() {
    for (int i = 0; i < CAPACITY; i++) {
      packets[i] = new Packet();
    }
  }

  /** The packet to fill next; the batch must not be full. */
  public Packet next() {
    return packets[size];
  }

  /**
   * Takes the packet last given by {@link #next} into the batch.
   *
   * @param interval number of the interval that the packet lies in
   */
  public void add(int interval) {
    intervals[size++] = interval;
  }

  /** Packets in the batch. */
  public int size() {
    return size;
  }

  /** Forgets the packets. */
  public void clear() {
    size = 0;
  }
}
