// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.Arrays;
import org.dnsprism.classifier.wire.Packet;

/**
 * The flows of a shard: open addressing over a slab of {@link FlowLayout} entries. It grows by
 * doubling up to its bound. Which entry a flow gets depends on the order of the packets alone, not
 * on the seed, so that walks over the slab are the same in every run.
 */
final class FlowTable {
  /*
   * A slot is tag:32 entry+1:32 where the tag is the upper half of the hash, and the slot's home
   * the lowest bits of the tag. A look-up compares tags first, so that a miss does not touch the
   * slab. Slots are at most half full; deletion shifts later slots of the run back.
   */
  private static final int FIRST_CAPACITY = 256;

  private final int maxFlows;
  private long[] slab;
  private long[] slots;
  private int[] free;
  private int freeCount;
  private int used;
  private int high;

  FlowTable(int maxFlows) {
    this.maxFlows = maxFlows;
    int capacity = Math.min(FIRST_CAPACITY, maxFlows);
    slab = new long[capacity * FlowLayout.STRIDE];
    slots = new long[slotsFor(capacity)];
    free = new int[capacity];
  }

  private static int slotsFor(int capacity) {
    return Integer.highestOneBit(Math.max(capacity, 1)) * 4;
  }

  /** Flows in the table. */
  int size() {
    return used;
  }

  /** Entries ever used: the range for walks over the slab. */
  int highWater() {
    return high;
  }

  boolean full() {
    return used == maxFlows;
  }

  /** The slab; index an entry's field with {@link #base} plus an offset of {@link FlowLayout}. */
  long[] slab() {
    return slab;
  }

  /** Index in the slab of the first word of an entry. */
  static int base(int entry) {
    return entry * FlowLayout.STRIDE;
  }

  /** Reads the home slot of a hash, so that it is near when the look-up comes. */
  long touch(long hash) {
    return slots[(int) (hash >>> 32) & slots.length - 1];
  }

  /** Whether the entry holds a flow: entries given back have protocol 0. */
  boolean live(int entry) {
    return FlowLayout.protocol(slab[base(entry) + FlowLayout.KEY]) != 0;
  }

  /** Whether the entry is the packet's flow. */
  boolean matches(int entry, Packet packet, boolean forward) {
    int base = base(entry);
    long[] s = slab;
    if (((s[base + FlowLayout.KEY] ^ FlowKey.ports(packet, forward)) & FlowLayout.KEY_MASK) != 0) {
      return false;
    }
    return forward
        ? s[base] == packet.sourceHigh()
            && s[base + 1] == packet.sourceLow()
            && s[base + 2] == packet.destinationHigh()
            && s[base + 3] == packet.destinationLow()
        : s[base] == packet.destinationHigh()
            && s[base + 1] == packet.destinationLow()
            && s[base + 2] == packet.sourceHigh()
            && s[base + 3] == packet.sourceLow();
  }

  /** The entry of the packet's flow, or -1. */
  int find(Packet packet, boolean forward, long hash) {
    int mask = slots.length - 1;
    int tag = (int) (hash >>> 32);
    for (int i = tag & mask; slots[i] != 0; i = i + 1 & mask) {
      long slot = slots[i];
      if ((int) (slot >>> 32) == tag) {
        int entry = (int) slot - 1;
        if (matches(entry, packet, forward)) {
          return entry;
        }
      }
    }
    return -1;
  }

  /** Adds the flow of a packet that is not in the table; the table must not be full. */
  int insert(Packet packet, boolean forward, long hash) {
    if (freeCount == 0 && high * FlowLayout.STRIDE == slab.length) {
      grow();
    }
    int entry = freeCount > 0 ? free[--freeCount] : high++;
    used++;
    place((int) (hash >>> 32), entry);
    int base = base(entry);
    long generation = slab[base + FlowLayout.KEY] & FlowLayout.GENERATION_MASK;
    Arrays.fill(slab, base, base + FlowLayout.STRIDE, 0);
    slab[base + FlowLayout.A_HIGH] = forward ? packet.sourceHigh() : packet.destinationHigh();
    slab[base + FlowLayout.A_LOW] = forward ? packet.sourceLow() : packet.destinationLow();
    slab[base + FlowLayout.B_HIGH] = forward ? packet.destinationHigh() : packet.sourceHigh();
    slab[base + FlowLayout.B_LOW] = forward ? packet.destinationLow() : packet.sourceLow();
    slab[base + FlowLayout.KEY] = FlowKey.ports(packet, forward) | generation;
    return entry;
  }

  /** Takes an entry out; {@code hash} is that of its flow. */
  void remove(int entry, long hash) {
    int mask = slots.length - 1;
    int i = (int) (hash >>> 32) & mask;
    while ((int) slots[i] - 1 != entry) {
      i = i + 1 & mask;
    }
    closeGap(i, mask);
    int key = base(entry) + FlowLayout.KEY;
    long next = slab[key] + (1L << FlowLayout.GENERATION_SHIFT) & FlowLayout.GENERATION_MASK;
    slab[key] = next;
    free[freeCount++] = entry;
    used--;
  }

  private void closeGap(int hole, int mask) {
    int gap = hole;
    for (int i = gap + 1 & mask; slots[i] != 0; i = i + 1 & mask) {
      int home = (int) (slots[i] >>> 32) & mask;
      if ((i - home & mask) >= (i - gap & mask)) {
        slots[gap] = slots[i];
        gap = i;
      }
    }
    slots[gap] = 0;
  }

  private void place(int tag, int entry) {
    int mask = slots.length - 1;
    int i = tag & mask;
    while (slots[i] != 0) {
      i = i + 1 & mask;
    }
    slots[i] = (long) tag << 32 | entry + 1;
  }

  private void grow() {
    int capacity = Math.min(maxFlows, slab.length / FlowLayout.STRIDE * 2);
    slab = Arrays.copyOf(slab, capacity * FlowLayout.STRIDE);
    free = Arrays.copyOf(free, capacity);
    long[] old = slots;
    slots = new long[slotsFor(capacity)];
    for (long slot : old) {
      if (slot != 0) {
        place((int) (slot >>> 32), (int) slot - 1);
      }
    }
  }
}
