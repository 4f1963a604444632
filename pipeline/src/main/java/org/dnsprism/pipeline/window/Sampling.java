// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import org.dnsprism.classifier.wire.Packet;

/**
 * Which clients a worker looks at. They are chosen by their network, /24 or /48, so that all flows
 * of a client are looked at whole or not at all, and clients that are looked at by few are among
 * those that are looked at by more. The client is taken to be the end with the higher port.
 */
final class Sampling {
  private static final long K1 = 0x9e3779b97f4a7c15L;
  private static final long K2 = 0xc2b2ae3d27d4eb4fL;
  private static final long IPV4_NETWORK = ~0xffL;
  private static final long IPV6_NETWORK = ~0xffffL;

  private final long seed;
  private int level;

  /**
   * Makes one for which all clients are looked at.
   *
   * @param seed the same for all workers of a run
   */
  Sampling(long seed) {
    this.seed = seed;
  }

  void setLevel(int now) {
    level = now;
  }

  /** How many times as many clients there are as are looked at: 1, 2, 4 and so on. */
  int factor() {
    return 1 << level;
  }

  /** Whether the packet is of a client that is not looked at. */
  boolean sheds(Packet packet) {
    return level > 0 && (hash(packet) & ((1L << level) - 1)) != 0;
  }

  private long hash(Packet packet) {
    boolean toServer = packet.sourcePort() > packet.destinationPort();
    if (packet.sourcePort() == packet.destinationPort()) {
      toServer =
          packet.sourceHigh() == packet.destinationHigh()
              ? packet.sourceLow() > packet.destinationLow()
              : packet.sourceHigh() > packet.destinationHigh();
    }
    long high = toServer ? packet.sourceHigh() : packet.destinationHigh();
    long low = toServer ? packet.sourceLow() : packet.destinationLow();
    long network = packet.ipVersion() == 4 ? low & IPV4_NETWORK : high & IPV6_NETWORK;
    long mixed = Math.multiplyHigh(network ^ seed, K1) ^ ((network ^ seed) * K1);
    return ((mixed ^ (mixed >>> 29)) * K2) >>> 17;
  }
}
