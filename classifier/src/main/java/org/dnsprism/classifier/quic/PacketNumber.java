// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

/** Packet numbers, of which a packet carries only the last bits (RFC 9000, appendix A.3). */
final class PacketNumber {
  private PacketNumber() {}

  /**
   * The whole number that is closest to the one expected.
   *
   * @param largest number so far, or -1
   * @param truncated the bits in the packet
   * @param bits how many they are: 8, 16, 24 or 32
   */
  static long decode(long largest, long truncated, int bits) {
    long expected = largest + 1;
    long window = 1L << bits;
    long candidate = (expected & -window) | truncated;
    if (candidate <= expected - window / 2 && candidate < (1L << 62) - window) {
      return candidate + window;
    }
    if (candidate > expected + window / 2 && candidate >= window) {
      return candidate - window;
    }
    return candidate;
  }
}
