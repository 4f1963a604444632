// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

/**
 * Where the fields of a flow stand in the slab of the {@link FlowTable}: sixteen longs, two cache
 * lines. The first line has all that a packet of a decided flow touches.
 *
 * <pre>
 *  0  address A, upper half      the two ends in canonical order: A is the lower one
 *  1  address A, lower half
 *  2  address B, upper half
 *  3  address B, lower half
 *  4  port A:16 port B:16 protocol:8 | hot flags:24          (only the upper 40 bits are key)
 *  5  time of the last packet, ns
 *  6  new packets A to B:24  B to A:24  interval:16          (since the last report)
 *  7  new bytes   A to B:32  B to A:32
 *  8  time of the first packet, ns
 *  9  packets     A to B:32  B to A:32                       (reported ones)
 * 10  bytes A to B                                           (reported ones)
 * 11  bytes B to A
 * 12  verdict, see {@link VerdictWord}
 * 13  evidence
 * 14  queries:32 responses:32                                (before any payload of a TCP flow:
 *                                                             sequence numbers of the SYNs, A:32 B:32)
 * 15  details:24 inspection:24 outstanding:16                (indexes plus one, 0 for none)
 * </pre>
 */
final class FlowLayout {
  /** Longs per flow. */
  static final int STRIDE = 16;

  static final int A_HIGH = 0;
  static final int A_LOW = 1;
  static final int B_HIGH = 2;
  static final int B_LOW = 3;
  static final int KEY = 4;
  static final int LAST = 5;
  static final int NEW_PACKETS = 6;
  static final int NEW_BYTES = 7;
  static final int FIRST = 8;
  static final int PACKETS = 9;
  static final int BYTES_AB = 10;
  static final int BYTES_BA = 11;
  static final int VERDICT = 12;
  static final int EVIDENCE = 13;
  static final int MESSAGES = 14;
  static final int STATE = 15;

  /** The key's part of the fifth word; the rest are the hot flags. */
  static final long KEY_MASK = -1L << 24;

  /** Payload is still parsed. */
  static final long INSPECTED = 1;

  /** The client is A. */
  static final long CLIENT_A = 1 << 1;

  /** Which side is the client is known from the protocol and not from the first packet alone. */
  static final long CLIENT_KNOWN = 1 << 2;

  /** A SYN was seen. */
  static final long SYN = 1 << 3;

  /** A SYN-ACK was seen. */
  static final long SYN_ACK = 1 << 4;

  /** A sent a FIN. */
  static final long FIN_A = 1 << 5;

  /** B sent a FIN. */
  static final long FIN_B = 1 << 6;

  /** Either side sent a RST. */
  static final long RST = 1 << 7;

  /** The verdict stands, so that the flow may be counted. */
  static final long DECIDED = 1 << 8;

  /** The flow has been counted in a window. */
  static final long COUNTED = 1 << 9;

  /** Either side sent payload. */
  static final long PAYLOAD = 1 << 10;

  /** The client's first sequence number is known, from its SYN or from the answer to it. */
  static final long CLIENT_SEQUENCE = 1 << 11;

  /** The verdict may change by what other flows tell of the server. */
  static final long AWAITS_NEWS = 1 << 12;

  /** Lowest bit of the counter of how often the entry was given to a new flow. */
  static final int GENERATION_SHIFT = 13;

  /** The counter, 0 to 2047, wraps around. */
  static final long GENERATION_MASK = 0x7ffL << GENERATION_SHIFT;

  /** Most new packets in one direction before they must be reported. */
  static final long MAX_NEW_PACKETS = (1 << 24) - 2;

  /** Most new bytes in one direction before they must be reported. */
  static final long MAX_NEW_BYTES = 1L << 31;

  private FlowLayout() {}

  /** The fifth word's key part. */
  static long key(int portA, int portB, int protocol) {
    return (long) portA << 48 | (long) portB << 32 | (long) protocol << 24;
  }

  static int portA(long key) {
    return (int) (key >>> 48);
  }

  static int portB(long key) {
    return (int) (key >>> 32) & 0xffff;
  }

  static int protocol(long key) {
    return (int) (key >>> 24) & 0xff;
  }

  static int generation(long key) {
    return (int) (key & GENERATION_MASK) >>> GENERATION_SHIFT;
  }

  static int newPacketsAb(long word) {
    return (int) (word >>> 40);
  }

  static int newPacketsBa(long word) {
    return (int) (word >>> 16) & 0xffffff;
  }

  static int intervalTag(long word) {
    return (int) word & 0xffff;
  }

  /** Index of the flow's details, or -1. */
  static int details(long state) {
    return (int) (state >>> 40) - 1;
  }

  /** Index of the flow's inspection, or -1. */
  static int inspection(long state) {
    return ((int) (state >>> 16) & 0xffffff) - 1;
  }

  /** Queries without a response yet, at most 65535. */
  static int outstanding(long state) {
    return (int) state & 0xffff;
  }

  static long withDetails(long state, int details) {
    return (state & ((1L << 40) - 1)) | ((long) (details + 1) << 40);
  }

  static long withInspection(long state, int inspection) {
    return (state & ~(0xffffffL << 16)) | ((long) (inspection + 1) << 16);
  }

  static long withOutstanding(long state, int outstanding) {
    return (state & ~0xffffL) | Math.min(outstanding, 0xffff);
  }

  /** Packets of a flow in one direction, reported or new. */
  static long packets(long[] slab, int base, boolean ab) {
    long reported = slab[base + PACKETS];
    long fresh = slab[base + NEW_PACKETS];
    return ab ? upper(reported) + newPacketsAb(fresh) : lower(reported) + newPacketsBa(fresh);
  }

  /** The upper half of a word of two counters. */
  static long upper(long word) {
    return word >>> 32;
  }

  /** The lower half of a word of two counters. */
  static long lower(long word) {
    return word & 0xffff_ffffL;
  }
}
