// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.dnsprism.classifier.wire.LinkFrames.MAC;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose length field counts: that of the innermost header that bounds the payload. */
class LengthsTest {
  private static final String HEADER4 = "0000 0000 40 11 0000 c0000201 c6336435 9c40 0035";
  private static final String HEADER6 =
      "11 40 20010db8000000000000000000000001 20010db8000000000000000000000053 9c40 0035";

  private final Decoding decoding = new Decoding();

  @ParameterizedTest
  @EnumSource
  void paddingAndCheckBytesOfEthernetAreNoPayload(Inner inner) {
    String type = inner.ipVersion() == 4 ? "0800" : "86dd";
    byte[] frame = FrameCase.bytes(MAC + type + inner.hex() + "000000000000 deadbeef");
    assertEquals(DecodeStatus.TRANSPORT, decoding.decode(1, frame));
    assertEquals(inner.payloadLength(), decoding.packet.payloadLength());
    byte[] query = FrameCase.bytes(Inner.QUERY);
    byte[] payload = decoding.payload();
    assertArrayEquals(
        query, Arrays.copyOfRange(payload, payload.length - query.length, payload.length));
  }

  /** Total length of IPv4 and length of UDP (header included), and the payload that follows. */
  @ParameterizedTest
  @CsvSource({
    "0020, 000c, 4", // both agree (RFC 768)
    "0020, 000a, 2", // UDP ends before IP does
    "0020, 0010, 4", // UDP claims more than IP has
    "0020, 0000, 4", // UDP leaves it to IP
    "0000, 000c, 4", // segmentation offload leaves IPv4's length empty
    "0000, 0000, 10", // both empty: all that was captured
    "001c, 0008, 0", // an empty datagram
    "ffff, ffff, 10" // more than the frame has
  })
  void shorterOfIpv4AndUdpCounts(String total, String udp, int payload) {
    String frame = MAC + "0800 4500" + total + HEADER4 + udp + "0000" + "61".repeat(10);
    assertEquals(DecodeStatus.TRANSPORT, decoding.decode(1, FrameCase.bytes(frame)));
    assertEquals(payload, decoding.packet.payloadLength());
    assertEquals(payload, decoding.packet.capturedPayloadLength());
  }

  @ParameterizedTest
  @CsvSource({"000c, 000c, 4", "000c, 000a, 2", "000c, 0000, 4", "0000, 000c, 4", "0000, 0000, 10"})
  void shorterOfIpv6AndUdpCounts(String payloadLength, String udp, int payload) {
    String frame = MAC + "86dd 60000000" + payloadLength + HEADER6 + udp + "0000" + "61".repeat(10);
    assertEquals(DecodeStatus.TRANSPORT, decoding.decode(1, FrameCase.bytes(frame)));
    assertEquals(payload, decoding.packet.payloadLength());
  }

  @Test
  void innerLengthCannotReachBehindTheOuterOne() {
    // PPPoE says 2 + 57 bytes less the last five of the query.
    String frame = MAC + "8864 11 00 0001 0036 0021" + Inner.UDP4.hex();
    assertEquals(DecodeStatus.TRANSPORT, decoding.decode(1, FrameCase.bytes(frame)));
    assertEquals(Inner.QUERY_LENGTH - 5, decoding.packet.payloadLength());
  }

  @ParameterizedTest
  @CsvSource({
    "12b5, 0900000000002a00", // VXLAN: reserved flag set
    "12b5, 0000000000002a00", // VXLAN: no network identifier
    "12b5, 0800000000002a01", // VXLAN: reserved byte set
    "17c1, 4000655800002a00", // Geneve: version 1
    "17c1, 0000655a00002a00", // Geneve: an unknown type
    "17c1, 3f00655800002a00", // Geneve: options longer than the datagram
    "17c1, 0000080000002a00", // Geneve: an IPv4 packet of version 0
    "0868, 30ff000000000001", // GTP-U: length 0
    "0868, 30fe003900000001", // GTP-U: end marker
    "0868, 10ff003900000001", // GTP' of charging
    "0868, 34ff003900000001", // GTP-U: extension header that is none
    "06a5, c80200390001000200000000", // L2TP: control
    "06a5, 0003000100020000", // L2TP version 3
    "0dd8, 6000000000000000", // Teredo: lengths that disagree
    "0dd8, 0001ffff00000000", // Teredo: authentication longer than the datagram
    "12b6, 0c00000400002a00", // VXLAN generic extension: a service header
    "12b6, 1c00000300002a00", // VXLAN generic extension: version 1
    "1292, 0000080000000000", // GRE in UDP: an IPv4 packet of version 0
    "1292, 0001080000000000", // GRE version 1 in UDP
    "1292, 0000ffff00000000" // GRE in UDP of an unknown type
  })
  void datagramWithATunnelsPortButNotItsHeaderIsAPlainDatagram(String port, String header) {
    String payload = header + MAC + "0800" + Inner.UDP4.hex();
    int length = 8 + FrameCase.bytes(payload).length;
    String ip = "4500 %04x 0000 0000 40 11 0000 c0000201 c6336435".formatted(20 + length);
    String udp = "d431" + port + "%04x 0000".formatted(length);
    byte[] frame = FrameCase.bytes(MAC + "0800" + ip + udp + payload);
    assertEquals(DecodeStatus.TRANSPORT, decoding.decode(1, frame));
    assertEquals(54_321, decoding.packet.sourcePort());
    assertSame(Tunnel.NONE, decoding.packet.tunnel());
    assertEquals(length - 8, decoding.packet.payloadLength());
  }
}
