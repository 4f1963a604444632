// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/** The link headers of wireless captures and of the Linux packet log. */
final class WirelessLayers {
  private static final int DATA_TYPE = 0x08;
  private static final int TYPE_MASK = 0x0c;
  private static final int QOS_SUBTYPE = 0x80;
  private static final int NO_DATA_SUBTYPE = 0x40;
  private static final int PROTECTED = 0x40;
  private static final int BOTH_DISTRIBUTION = 0x03;
  private static final int DATA_HEADER = 24;
  private static final int FOURTH_ADDRESS = 6;
  private static final int QOS_CONTROL = 2;
  private static final int IEEE80211_LINK = 105;
  private static final int NFLOG_HEADER = 4;
  private static final int NFLOG_PAYLOAD = 9;
  private static final int FAMILY_IPV4 = 2;
  private static final int FAMILY_IPV6 = 10;

  private WirelessLayers() {}

  /** A data frame in the clear (IEEE 802.11, section 9.3.2), with LLC behind its header. */
  static int ieee80211(Walk w) {
    if (!w.has(DATA_HEADER)) {
      return w.has(2) && (w.u8(0) & TYPE_MASK) != DATA_TYPE
          ? Layer.end(DecodeStatus.NOT_IP)
          : w.missing(DATA_HEADER);
    }
    int control = w.u8(0);
    int flags = w.u8(1);
    if ((control & TYPE_MASK) != DATA_TYPE
        || (control & NO_DATA_SUBTYPE) != 0
        || (flags & PROTECTED) != 0) {
      return Layer.end(DecodeStatus.NOT_IP);
    }
    int length = DATA_HEADER;
    length += (flags & BOTH_DISTRIBUTION) == BOTH_DISTRIBUTION ? FOURTH_ADDRESS : 0;
    length += (control & QOS_SUBTYPE) != 0 ? QOS_CONTROL : 0;
    return w.has(length) ? w.next(length, Layer.LLC) : w.missing(length);
  }

  /** Radiotap: version 1, padding 1, length 2 in little-endian order. */
  static int radiotap(Walk w) {
    return littleEndianLength(w, Layer.IEEE80211);
  }

  /** Per-packet information: version 1, flags 1, length 2, link type 4, in little-endian order. */
  static int ppi(Walk w) {
    if (!w.has(8)) {
      return w.missing(8);
    }
    int linkType = Integer.reverseBytes(w.i32(4));
    int layer = linkType == IEEE80211_LINK ? Layer.IEEE80211 : LinkLayers.first(linkType);
    return littleEndianLength(w, layer);
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
