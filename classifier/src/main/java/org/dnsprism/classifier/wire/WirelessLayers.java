// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/** Wireless frames. */
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
}
