// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.dnsprism.classifier.wire.LinkFrames.MAC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encapsulation is followed as deep as networks nest it, and not deeper than a bound. */
class NestingTest {
  private static final int BOTTOMLESS = 500;

  private final Decoding decoding = new Decoding();

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 2", "8, 2"})
  void twoOuterTagsAreKept(int tags, int kept) {
    assertEquals(DecodeStatus.TRANSPORT, decoding.decode(1, tagged(tags)));
    assertEquals(List.of(100, 101).subList(0, kept), decoding.vlans());
  }

  @Test
  void threeTunnelsInOneAnotherAreFollowed() {
    for (String kind : List.of("ipip", "gre", "vxlan")) {
      assertEquals(DecodeStatus.TRANSPORT, decoding.decode(1, nested(kind, 3)), kind);
      assertEquals(40_000, decoding.packet.sourcePort(), kind);
      assertEquals(0xffff_c0000201L, decoding.packet.sourceLow(), kind);
    }
  }

  @Test
  void extensionHeadersAreFollowed() {
    assertEquals(DecodeStatus.TRANSPORT, decoding.decode(1, extended(8)));
    assertEquals(40_000, decoding.packet.sourcePort());
  }

  @Test
  void captureHeadersInOneAnotherAreTooDeep() {
    String tap = "6c0000000100000002010000" + "00".repeat(96);
    byte[] frame = FrameCase.bytes(tap.repeat(BOTTOMLESS));
    assertEquals(DecodeStatus.TOO_DEEP, decoding.decode(258, frame));
    byte[] information = FrameCase.bytes("00000800c0000000".repeat(BOTTOMLESS));
    assertEquals(DecodeStatus.TOO_DEEP, decoding.decode(192, information));
  }

  @Test
  void bottomlessEncapsulationIsTooDeep() {
    assertEquals(DecodeStatus.TOO_DEEP, decoding.decode(1, tagged(BOTTOMLESS)));
    assertEquals(DecodeStatus.TOO_DEEP, decoding.decode(1, extended(BOTTOMLESS)));
    for (String kind : List.of("ipip", "gre", "vxlan", "mpls")) {
      assertEquals(DecodeStatus.TOO_DEEP, decoding.decode(1, nested(kind, BOTTOMLESS)), kind);
    }
  }

  private static byte[] tagged(int tags) {
    StringBuilder headers = new StringBuilder(MAC);
    for (int i = 0; i < tags; i++) {
      headers.append("8100%04x".formatted(100 + i));
    }
    return FrameCase.bytes(headers + "0800" + Inner.UDP4.hex());
  }

  private static byte[] nested(String kind, int depth) {
    String packet = Inner.UDP4.hex();
    for (int i = 0; i < depth; i++) {
      packet = around(kind, packet);
    }
    return FrameCase.bytes(MAC + "0800" + packet);
  }

  private static String around(String kind, String packet) {
    return switch (kind) {
      case "ipip" -> ip4("04", packet);
      case "gre" -> ip4("2f", "00000800" + packet);
      case "mpls" -> ip4("89", "00064140" + packet);
      default -> {
        int length = 8 + 8 + 14 + FrameCase.bytes(packet).length;
        String header = "d431 12b5 %04x 0000 0800000000002a00".formatted(length);
        yield ip4("11", header + MAC + "0800" + packet);
      }
    };
  }

  private static String ip4(String protocol, String payload) {
    int length = 20 + FrameCase.bytes(payload).length;
    return "4500%04x0000000040".formatted(length) + protocol + "0000cb007101cb007102" + payload;
  }

  private static byte[] extended(int headers) {
    StringBuilder chain = new StringBuilder();
    for (int i = 1; i < headers; i++) {
      chain.append("3c00010400000000");
    }
    chain.append("1100010400000000");
    String length = "%04x".formatted(headers * 8 + 37);
    String base = "60000000" + length + "3c40" + "20010db8" + "00".repeat(28);
    return FrameCase.bytes(MAC + "86dd" + base + chain + Inner.UDP4.segment());
  }
}
