// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.wire.Packet;

/** The five-tuple of a packet in canonical order, and its two hashes. */
final class FlowKey {
  private static final long K1 = 0x9e3779b97f4a7c15L;
  private static final long K2 = 0xc2b2ae3d27d4eb4fL;
  private static final long K3 = 0x165667b19e3779f9L;

  private FlowKey() {}

  /** Whether the packet's source is end A of its flow, the lower one by address and port. */
  static boolean forward(Packet packet) {
    int order = Long.compareUnsigned(packet.sourceHigh(), packet.destinationHigh());
    if (order == 0) {
      order = Long.compareUnsigned(packet.sourceLow(), packet.destinationLow());
    }
    return order == 0 ? packet.sourcePort() <= packet.destinationPort() : order < 0;
  }

  /**
   * The part of the traffic that the packet belongs to, the same for both directions, on every host
   * and in every run: results do not depend on who works on which part.
   *
   * @param bits the parts are 2^bits
   */
  static int shard(Packet packet, int bits) {
    int ports = packet.sourcePort() ^ packet.destinationPort();
    long mixed = (packet.sourceLow() ^ packet.destinationLow()) * K1;
    mixed ^= Long.rotateLeft((packet.sourceHigh() ^ packet.destinationHigh()) * K2, 32);
    mixed ^= (long) ((ports << 8) | packet.protocol()) * K3;
    return (int) (((mixed ^ mixed >>> 29) * K1) >>> (64 - bits));
  }

  /** A hash that a stranger cannot aim at, since the seed is drawn when the process starts. */
  static long hash(Packet packet, boolean forward, long seed) {
    long ends =
        forward
            ? ends(
                packet.sourceHigh(),
                packet.sourceLow(),
                packet.destinationHigh(),
                packet.destinationLow(),
                seed)
            : ends(
                packet.destinationHigh(),
                packet.destinationLow(),
                packet.sourceHigh(),
                packet.sourceLow(),
                seed);
    return multiplyFold(ends ^ ports(packet, forward), seed ^ K3);
  }

  /** The hash of a flow in the slab. */
  static long hash(long[] slab, int base, long seed) {
    long ends =
        ends(
            slab[base + FlowLayout.A_HIGH],
            slab[base + FlowLayout.A_LOW],
            slab[base + FlowLayout.B_HIGH],
            slab[base + FlowLayout.B_LOW],
            seed);
    return multiplyFold(ends ^ (slab[base + FlowLayout.KEY] & FlowLayout.KEY_MASK), seed ^ K3);
  }

  /** The key word of the packet's flow, see {@link FlowLayout#KEY}. */
  static long ports(Packet packet, boolean forward) {
    return forward
        ? FlowLayout.key(packet.sourcePort(), packet.destinationPort(), packet.protocol())
        : FlowLayout.key(packet.destinationPort(), packet.sourcePort(), packet.protocol());
  }

  private static long ends(long aHigh, long aLow, long bHigh, long bLow, long seed) {
    long a = multiplyFold(aHigh ^ seed, aLow ^ K1 ^ Long.rotateLeft(seed, 23));
    long b = multiplyFold(bHigh ^ K2 ^ Long.rotateLeft(seed, 41), bLow ^ seed);
    return a ^ Long.rotateLeft(b, 17);
  }

  private static long multiplyFold(long x, long y) {
    return Math.multiplyHigh(x, y) ^ x * y;
  }
}
