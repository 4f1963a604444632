// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/**
 * Generic routing encapsulation (RFC 2784 with the key and sequence number of RFC 2890; version 1
 * is that of PPTP, RFC 2637).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+---------+-------+-----+-------------------------------+
 * |C|R|K|S|         |A      |Versn|         Protocol Type         |
 * +-+-+-+-+---------+-------+-----+-------------------------------+
 * |  Checksum, Routing offset (C or R)  |  Key (K)  |  Sequence (S) |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class GreHeader {
  private static final int LENGTH = 4;
  private static final int CHECKSUM = 0x8000;
  private static final int ROUTING = 0x4000;
  private static final int KEY = 0x2000;
  private static final int SEQUENCE = 0x1000;
  private static final int ACKNOWLEDGMENT = 0x0080;
  private static final int VERSION_MASK = 7;
  private static final int FIELD = 4;
  private static final int ERSPAN_2_LENGTH = 8;
  private static final int ERSPAN_3_LENGTH = 12;
  private static final int ERSPAN_3_PLATFORM = 8;

  private GreHeader() {}

  /** Steps over the header to the packet in it. */
  static int enter(Walk w) {
    if (!w.has(LENGTH)) {
      return w.missing(LENGTH);
    }
    int flags = w.u16(0);
    int type = w.u16(2);
    int version = flags & VERSION_MASK;
    if (version > 1 || (flags & ROUTING) != 0) {
      return Layer.end(DecodeStatus.OTHER_PROTOCOL);
    }
    int length = length(flags);
    if (!w.has(length)) {
      return w.missing(length);
    }
    w.position += length;
    w.tunnel = Tunnel.GRE;
    if (type == EtherType.ETHERNET_OVER_IP) {
      return Layer.ETHERNET; // MikroTik's EoIP: length and tunnel number stand in the key
    }
    if (version == 1) {
      return w.limit == w.position ? Layer.end(DecodeStatus.OTHER_PROTOCOL) : Layer.PPP;
    }
    return switch (type) {
      case EtherType.ERSPAN_2 -> mirrored(w, (flags & SEQUENCE) != 0 ? ERSPAN_2_LENGTH : 0);
      case EtherType.ERSPAN_3 -> mirroredThree(w);
      default -> w.etherType(0, type);
    };
  }

  /** Length in bytes of a header with such flags. */
  static int length(int flags) {
    int length = LENGTH;
    length += (flags & CHECKSUM) != 0 ? FIELD : 0;
    length += (flags & KEY) != 0 ? FIELD : 0;
    length += (flags & SEQUENCE) != 0 ? FIELD : 0;
    length += (flags & VERSION_MASK) == 1 && (flags & ACKNOWLEDGMENT) != 0 ? FIELD : 0;
    return length;
  }

  private static int mirrored(Walk w, int length) {
    return w.has(length) ? w.next(length, Layer.ETHERNET) : w.missing(length);
  }

  /** ERSPAN type III: the lowest bit of its header says that eight bytes more follow. */
  private static int mirroredThree(Walk w) {
    if (!w.has(ERSPAN_3_LENGTH)) {
      return w.missing(ERSPAN_3_LENGTH);
    }
    boolean platform = (w.u8(ERSPAN_3_LENGTH - 1) & 1) != 0;
    return mirrored(w, ERSPAN_3_LENGTH + (platform ? ERSPAN_3_PLATFORM : 0));
  }
}
