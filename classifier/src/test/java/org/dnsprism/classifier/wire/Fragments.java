// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A UDP datagram from port 40000 to port 53, and Ethernet frames with parts of it: IPv4 fragments
 * as in RFC 791, section 3.2, or IPv6 fragments as in RFC 8200, section 4.5.
 */
final class Fragments {
  private static final String ETHERNET = LinkFrames.MAC;
  private static final String HEADER4 = "45000000 00000000 40110000 c0000201 c6336435";
  private static final String HEADER6 =
      "60000000 00002c40 20010db8000000000000000000000001 20010db8000000000000000000000053"
          + "11000000 00000000";

  private final boolean six;
  private final int identification;
  private final byte[] datagram;

  private Fragments(boolean six, int identification, byte[] payload) {
    this.six = six;
    this.identification = identification;
    this.datagram =
        ByteBuffer.allocate(8 + payload.length)
            .putShort((short) 40_000)
            .putShort((short) 53)
            .putShort((short) (8 + payload.length))
            .putShort((short) 0)
            .put(payload)
            .array();
  }

  static Fragments ofIpv4(int identification, byte[] payload) {
    return new Fragments(false, identification, payload);
  }

  static Fragments ofIpv6(int identification, byte[] payload) {
    return new Fragments(true, identification, payload);
  }

  /** Bytes to be cut into fragments: UDP header and payload. */
  int length() {
    return datagram.length;
  }

  /** The frame with the bytes from {@code start} up to {@code end}. */
  byte[] frame(int start, int end) {
    return frame(start, Arrays.copyOfRange(datagram, start, end), end < datagram.length);
  }

  /** A frame that says of some bytes that they are at {@code start} of the datagram. */
  byte[] frame(int start, byte[] bytes, boolean more) {
    byte[] header = FrameCase.bytes(ETHERNET + (six ? "86dd" + HEADER6 : "0800" + HEADER4));
    ByteBuffer frame = ByteBuffer.allocate(header.length + bytes.length).put(header).put(bytes);
    if (six) {
      frame.putShort(18, (short) (8 + bytes.length));
      frame.putShort(56, (short) (start | (more ? 1 : 0)));
      frame.putInt(58, identification);
    } else {
      frame.putShort(16, (short) (20 + bytes.length));
      frame.putShort(18, (short) identification);
      frame.putShort(20, (short) (start >>> 3 | (more ? 0x2000 : 0)));
    }
    return frame.array();
  }

  /** Changes the source address, so that the fragments are of another host. */
  static byte[] from(byte[] frame, int host) {
    byte[] other = frame.clone();
    boolean six = other[12] == (byte) 0x86;
    ByteBuffer.wrap(other).putShort(six ? 36 : 28, (short) host);
    return other;
  }
}
