// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** Cuts what a side says into TLS records of application data (RFC 8446, section 5.1). */
final class TlsRecords {
  static final int HEAD = 5;

  private static final int LARGEST = 16_384 + 17;
  private static final int APPLICATION_DATA = 23;

  private int left;

  /** Begins with a record's head again. */
  void restart() {
    left = 0;
  }

  /**
   * Writes the heads of records over opaque bytes of a segment.
   *
   * @param total bytes that are still to be said, with this segment
   * @return length of the segment; shorter where a head would not fit whole
   */
  int frame(byte[] bytes, int at, int length, long total) {
    int done = 0;
    while (done < length) {
      if (left == 0) {
        if (length - done < HEAD) {
          return done;
        }
        left = bodyOf(total - done);
        bytes[at + done] = APPLICATION_DATA;
        Bytes.u16(bytes, at + done + 1, 0x0303);
        Bytes.u16(bytes, at + done + 3, left);
        done += HEAD;
      }
      int part = Math.min(left, length - done);
      left -= part;
      done += part;
    }
    return length;
  }

  private static int bodyOf(long rest) {
    int body = (int) Math.min(rest - HEAD, LARGEST);
    long after = rest - HEAD - body;
    // Room for a head and something behind it.
    return after > 0 && after <= 2 * HEAD ? body - 2 * HEAD : body;
  }
}
