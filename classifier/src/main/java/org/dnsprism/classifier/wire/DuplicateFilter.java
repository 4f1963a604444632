// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import io.netty.buffer.ByteBuf;

/**
 * Recognises the copies of a packet that a mirror port delivers when it mirrors a packet where it
 * enters and where it leaves, or on several links of its way. A copy has the addresses, ports,
 * identification, transport header with its checksum, and payload of the first; link header, VLAN
 * tags, hop count and header checksum may differ. It must come soon: within {@link #LIMIT_NANOS}
 * when the packet has an identification, which a host does not use again so soon, and otherwise
 * within {@link #LIMIT_WITHOUT_IDENTIFICATION_NANOS}. Repetitions by a host are no copies:
 * retransmissions have another identification, or come later, or another TCP timestamp.
 *
 * <p>Bounded: it remembers at most {@link #CAPACITY} packets, and forgets the oldest of a few that
 * share a cache line when it needs room. No allocation; not thread-safe.
 */
public final class DuplicateFilter {
  /** A packet with an identification is remembered so long. */
  public static final long LIMIT_NANOS = 20_000_000;

  /** Others, so long: IPv6 without a fragment header, and IPv4 with identification 0 (RFC 6864). */
  public static final long LIMIT_WITHOUT_IDENTIFICATION_NANOS = 1_000_000;

  private static final int SET_BITS = 13;
  private static final int WAYS = 4;

  /** Packets that are remembered at most. */
  public static final int CAPACITY = WAYS << SET_BITS;

  /** Of the transport header and payload, so many bytes at most are compared. */
  static final int COMPARED_BYTES = 48;

  private static final long K1 = 0x9e3779b97f4a7c15L;
  private static final long K2 = 0xc2b2ae3d27d4eb4fL;
  private static final long HAS_IDENTIFICATION = 1;

  /** Sets of fingerprint and time in turn, each set a cache line; 0 is no fingerprint. */
  private final long[] sets = new long[2 * CAPACITY];

  private final long seed;
  private long forgotten;

  /**
   * Makes one that remembers nothing.
   *
   * @param seed unknown to those who send packets; filters with the same seed and the same packets
   *     find the same copies
   */
  public DuplicateFilter(long seed) {
    this.seed = seed;
  }

  /** Whether the packet is a copy of an earlier one; if not, it is remembered. */
  public boolean isCopy(Packet packet) {
    long fingerprint = fingerprint(packet);
    long now = packet.timeNanos;
    int first = (int) (fingerprint >>> (Long.SIZE - SET_BITS)) * 2 * WAYS;
    int victim = first;
    for (int at = first; at < first + 2 * WAYS; at += 2) {
      if (sets[at] == fingerprint) {
        if (remembered(fingerprint, sets[at + 1], now)) {
          return true;
        }
        victim = at;
        break;
      }
      if (sets[at + 1] < sets[victim + 1]) {
        victim = at;
      }
    }
    if (sets[victim] != 0 && remembered(sets[victim], sets[victim + 1], now)) {
      forgotten++;
    }
    sets[victim] = fingerprint;
    sets[victim + 1] = now;
    return false;
  }

  private static boolean remembered(long fingerprint, long since, long now) {
    long limit =
        (fingerprint & HAS_IDENTIFICATION) != 0 ? LIMIT_NANOS : LIMIT_WITHOUT_IDENTIFICATION_NANOS;
    return Math.abs(now - since) <= limit;
  }

  private long fingerprint(Packet packet) {
    long hash = mix(packet.sourceHigh ^ seed, packet.sourceLow ^ K1);
    hash = mix(hash ^ packet.destinationHigh, packet.destinationLow ^ K2);
    hash = mix(hash ^ packet.identification, ((long) packet.protocol << 32) | packet.payloadLength);
    int at = packet.transportOffset;
    int captured = packet.payloadOffset + packet.capturedPayloadLength;
    int end = Math.min(captured, at + COMPARED_BYTES);
    ByteBuf buffer = packet.buffer;
    for (; end - at >= Long.BYTES; at += Long.BYTES) {
      hash = mix(hash ^ buffer.getLong(at), seed ^ K2);
    }
    for (; at < end; at++) {
      hash = mix(hash ^ buffer.getByte(at), seed ^ K1);
    }
    long kind = packet.identification != 0 ? HAS_IDENTIFICATION : 0;
    return ((hash | 2) & ~HAS_IDENTIFICATION) | kind;
  }

  private static long mix(long x, long y) {
    return Math.multiplyHigh(x, y) ^ x * y;
  }

  /** Packets forgotten before their time, so that copies of them were not recognised. */
  public long forgotten() {
    return forgotten;
  }
}
