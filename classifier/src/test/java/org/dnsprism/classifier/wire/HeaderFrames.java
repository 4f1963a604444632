// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.dnsprism.classifier.wire.Inner.TCP6;
import static org.dnsprism.classifier.wire.Inner.UDP4;
import static org.dnsprism.classifier.wire.Inner.UDP6;
import static org.dnsprism.classifier.wire.LinkFrames.MAC;

import java.util.List;

/** Options and extension headers between IP and transport (RFC 791, RFC 8200, RFC 4302). */
final class HeaderFrames {
  private static final String ADDRESSES4 = "c0000201 c6336435";
  private static final String ADDRESSES6 =
      "20010db8000000000000000000000001 20010db8000000000000000000000053";
  private static final String AUTHENTICATION =
      "11 04 0000 00000100 00000001 000000000000000000000000";

  private HeaderFrames() {}

  static List<FrameCase> all() {
    return List.of(
        v4("IPv4 options", "4600 003d 0001 0000 4011 0000" + ADDRESSES4 + "01010100"),
        v4("IPv4, 40 bytes of options", "4f00 0061 0001 0000 4011 0000" + ADDRESSES4 + options()),
        v4(
            "IPv4 authentication header",
            "4500 0051 0001 0000 4033 0000" + ADDRESSES4 + AUTHENTICATION),
        v6("IPv6 hop-by-hop options", "002d 00", "1100 0104 00000000", UDP6),
        v6(
            "IPv6 hop-by-hop options, 16 bytes",
            "004f 00",
            "0601 010c 000000000000000000000000",
            TCP6),
        v6("IPv6 destination options", "002d 3c", "1100 0104 00000000", UDP6),
        v6("IPv6 routing", "0047 2b", "0600 fd00 00000000", TCP6),
        v6("IPv6 atomic fragment", "002d 2c", "1100 0000 00000001", UDP6),
        v6("IPv6 authentication header", "003d 33", AUTHENTICATION, UDP6),
        v6(
            "IPv6 destination options behind authentication header",
            "0045 33",
            AUTHENTICATION.replaceFirst("11", "3c") + "1100 0104 00000000",
            UDP6),
        v6(
            "IPv6 with four extension headers",
            "0045 00",
            "3c00 0104 00000000 2b00 0104 00000000 2c00 fd00 00000000 1100 0000 00000001",
            UDP6));
  }

  private static String options() {
    return "01".repeat(39) + "00";
  }

  private static FrameCase v4(String name, String header) {
    return FrameCase.ofSegment(name, MAC + "0800" + header, UDP4, Tunnel.NONE);
  }

  private static FrameCase v6(String name, String lengthAndNext, String extensions, Inner inner) {
    String header = "86dd 60000000" + lengthAndNext + "40" + ADDRESSES6 + extensions;
    return FrameCase.ofSegment(name, MAC + header, inner, Tunnel.NONE);
  }
}
