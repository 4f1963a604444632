// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/** Headers that the capturing system puts before the frame or packet. */
final class CaptureHeaders {
  private static final int PKTAP_HEADER = 108;
  private static final int PKTAP_PACKET = 1;
  private static final int NFLOG_HEADER = 4;
  private static final int NFLOG_PAYLOAD = 9;
  private static final int FAMILY_IPV4 = 2;
  private static final int FAMILY_IPV6 = 10;

  private CaptureHeaders() {}

  /** Radiotap: version 1, padding 1, length 2 in little-endian order. */
  static int radiotap(Walk w) {
    return littleEndianLength(w, Layer.IEEE80211);
  }

  /** Per-packet information: version 1, flags 1, length 2, link type 4, in little-endian order. */
  static int ppi(Walk w) {
    if (!w.has(8)) {
      return w.missing(8);
    }
    return littleEndianLength(w, LinkLayers.first(Integer.reverseBytes(w.i32(4))));
  }

  private static int littleEndianLength(Walk w, int layer) {
    if (!w.has(4)) {
      return w.missing(4);
    }
    int length = w.u8(2) | w.u8(3) << 8;
    if (length < 4) {
      return Layer.end(DecodeStatus.MALFORMED);
    }
    return w.has(length) ? w.next(length, layer) : w.missing(length);
  }

  /** Apple's packet tap: length 4, type 4, link type 4 and more, in little-endian order. */
  static int pktap(Walk w) {
    if (!w.has(PKTAP_HEADER)) {
      return w.missing(PKTAP_HEADER);
    }
    int length = Integer.reverseBytes(w.i32(0));
    if (length < PKTAP_HEADER) {
      return Layer.end(DecodeStatus.MALFORMED);
    }
    if (!w.has(length)) {
      return w.missing(length);
    }
    boolean packet = Integer.reverseBytes(w.i32(4)) == PKTAP_PACKET;
    int linkType = Integer.reverseBytes(w.i32(8));
    return packet ? w.next(length, LinkLayers.first(linkType)) : Layer.end(DecodeStatus.NOT_IP);
  }

  /** Netfilter log: family 1, version 1, resource 2, then padded attributes in host order. */
  static int nflog(Walk w) {
    if (!w.has(NFLOG_HEADER)) {
      return w.missing(NFLOG_HEADER);
    }
    int family = w.u8(0);
    w.position += NFLOG_HEADER;
    while (w.has(4)) {
      int length = w.u8(0) | w.u8(1) << 8;
      int type = w.u8(2) | w.u8(3) << 8;
      if (length < 4) {
        return Layer.end(DecodeStatus.MALFORMED);
      }
      if (type == NFLOG_PAYLOAD) {
        w.declare(length);
        return w.next(4, familyLayer(family));
      }
      w.position += length + 3 & ~3;
    }
    return w.position == w.limit ? Layer.end(DecodeStatus.NOT_IP) : w.missing(4);
  }

  private static int familyLayer(int family) {
    return switch (family) {
      case FAMILY_IPV4 -> Layer.IPV4;
      case FAMILY_IPV6 -> Layer.IPV6;
      default -> Layer.end(DecodeStatus.NOT_IP);
    };
  }
}
