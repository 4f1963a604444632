// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.classifier.quic.InitialSealer.join;
import static org.dnsprism.classifier.quic.RfcVectors.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.dnsprism.classifier.tls.AlpnProtocol;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.junit.jupiter.api.Test;

/** What a flow is taken for: the packets of the RFCs, damaged and cut ones, other protocols. */
class QuicFlowTest extends QuicFlowCase {
  @Test
  void packetsOfRfc9001AppendixA() {
    assertEquals(QuicStatus.CLIENT_HELLO, fromClient(RfcVectors.V1_CLIENT));
    assertEquals("example.com", flow.hello().sni());
    assertEquals("alpn", flow.hello().alpn());
    assertEquals(QuicVersion.V1, flow.version());
    assertTrue(flow.authenticated());
    assertTrue(flow.hello().quicParametersPresent());
    assertFalse(flow.over());
    fromServer(RfcVectors.V1_SERVER);
    assertTrue(flow.over());
  }

  @Test
  void packetsOfRfc9369AppendixA() {
    assertEquals(QuicStatus.CLIENT_HELLO, fromClient(RfcVectors.V2_CLIENT));
    assertEquals("example.com", flow.hello().sni());
    assertEquals(QuicVersion.V2, flow.version());
    fromServer(RfcVectors.V2_SERVER);
    assertTrue(flow.over());
  }

  @Test
  void serverAloneIsQuicByItsHeader() {
    for (byte[] datagram : List.of(RfcVectors.V1_SERVER, RfcVectors.V1_RETRY)) {
      flow.reset();
      assertEquals(QuicStatus.HEADER, fromServer(datagram));
      assertFalse(flow.authenticated());
      assertEquals(QuicVersion.V1, flow.version());
    }
  }

  @Test
  void coalescedPacketsAreTakenApartByTheirLengths() {
    byte[] zeroRtt = dropTokenLength(client.seal(1, 0x10, DCID, SCID, NONE, 0, NONE, 0));
    byte[] handshake = dropTokenLength(client.seal(1, 0x20, DCID, SCID, NONE, 0, NONE, 0));
    byte[] first = client.seal(1, 0, DCID, SCID, NONE, 0, crypto(HELLO, 0, 500), 0);
    byte[] second = client.seal(1, 0, DCID, SCID, NONE, 1, crypto(HELLO, 500, HELLO.length), 0);
    byte[] shortHeader = new byte[60];
    shortHeader[0] = 0x41;
    fromClient(join(zeroRtt, first, handshake, second, shortHeader));
    assertHello();
  }

  @Test
  void zeroRttThatOvertookTheInitialIsNoHindrance() {
    byte[] zeroRtt = dropTokenLength(client.seal(1, 0x10, DCID, SCID, NONE, 0, NONE, 0));
    assertEquals(QuicStatus.HEADER, fromClient(zeroRtt));
    fromClient(initial(0, crypto(HELLO, 0, HELLO.length)));
    assertHello();
  }

  /** The sealer writes a token length into every header, which other types lack. */
  private static byte[] dropTokenLength(byte[] packet) {
    int position = 7 + DCID.length + SCID.length;
    return join(
        Arrays.copyOf(packet, position), Arrays.copyOfRange(packet, position + 4, packet.length));
  }

  @Test
  void greasedFixedBitIsAccepted() {
    byte[] frames = crypto(HELLO, 0, HELLO.length);
    byte[] packet = new InitialSealer(DCID, 1, true).sealGreased(DCID, SCID, frames);
    assertEquals(0, packet[0] & 0x40);
    fromClient(packet);
    assertHello();
  }

  @Test
  void packetCutBySnapLengthGivesTheNameWithoutCertainty() {
    byte[] hello = new HelloBuilder().sni("dns.example").alpn("doq").keyShare(29, 900).message();
    byte[] packet = initial(0, crypto(hello, 0, hello.length));
    assertEquals(QuicStatus.HEADER, fromClient(Arrays.copyOf(packet, 300)));
    assertEquals(QuicStatus.PARTIAL_CLIENT_HELLO, flow.finish());
    assertEquals("dns.example", flow.hello().sni());
    assertTrue(flow.hello().offers(AlpnProtocol.DOQ));
    assertFalse(flow.authenticated());
  }

  @Test
  void damagedInitialIsAHeaderAndNoMore() {
    byte[] packet = initial(0, crypto(HELLO, 0, HELLO.length));
    packet[packet.length - 1] ^= 1;
    assertEquals(QuicStatus.HEADER, fromClient(packet));
    assertFalse(flow.authenticated());
    assertEquals(1, counters.failedDecryptions());
  }

  @Test
  void lostDatagramLeavesTheBeginningOfTheHello() {
    byte[] hello = new HelloBuilder().sni("dns.example").keyShare(0x11ec, 1216).message();
    fromClient(initial(0, crypto(hello, 0, 800)));
    assertEquals(QuicStatus.PARTIAL_CLIENT_HELLO, flow.finish());
    assertEquals("dns.example", flow.hello().sni());
    assertTrue(flow.authenticated());
  }

  @Test
  void googleQuicIsRecognised() {
    assertEquals(
        QuicStatus.GQUIC,
        fromClient(join(hex("0d0102030405060708"), ascii("Q043"), new byte[1200])));
    assertEquals(0x51303433, flow.version());
    for (String version : new String[] {"Q046", "Q050", "T050", "T051"}) {
      flow.reset();
      byte[] datagram = join(hex("c3"), ascii(version), hex("5008070605040302"), new byte[1200]);
      assertEquals(QuicStatus.GQUIC, fromClient(datagram));
      assertTrue(flow.over());
    }
  }

  @Test
  void otherProtocolsAreNotQuic() {
    byte[] dns = hex("abcd01000001000000000000");
    byte[] dtls = hex("16fefd000000000000000000aa");
    byte[] stun = hex("000100002112a442000000000000000000000000");
    byte[] rtp = hex("8060aabb00000001deadbeef00112233");
    for (byte[] datagram : List.of(dns, dtls, stun, rtp)) {
      flow.reset();
      assertEquals(QuicStatus.NOT_QUIC, fromClient(datagram));
    }
    flow.reset();
    assertEquals(QuicStatus.UNDECIDED, fromClient(hex("40" + "aa".repeat(40))));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
