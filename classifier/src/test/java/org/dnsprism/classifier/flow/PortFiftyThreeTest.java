// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What travels on port 53 is DNS only when it reads as DNS. */
class PortFiftyThreeTest {
  private static final Peer CLIENT = Peer.of("192.0.2.7", 40_000);
  private static final Peer SERVER = Peer.of("198.51.100.53", 53);

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static Journal.End ofDatagram(byte[] payload) {
    boolean response = (payload[2] & 0x80) != 0;
    Peer from = response ? SERVER : CLIENT;
    Shard shard = new Shard().feed(Frames.udp(from, response ? CLIENT : SERVER, SECOND, payload));
    return shard.finish(1).ends.get(0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "twelve zeros, 000000000000000000000000",
    "fifty zeros, 0000000000000000000000000000000000000000000000000000000000000000000000000000"
        + "000000000000000000000000",
    // RFC 5905, figure 8: root delay and dispersion of one second each, no reference
    "NTP with a root delay, 24020aec 00010000 00000000 00000000 00000000 00000000 e8f1a2b3 c4d5e6f7"
        + " e8f1a2b3 c4d5e6f7 e8f1a2b3 c4d5e6f7",
    // the WireGuard paper, section 5.4.2: type 1, three zeros, the sender's index
    "WireGuard initiation, 01000000 00010000 00000000 e8f1a2b3 c4d5e6f7 e8f1a2b3 c4d5e6f7 a2b3c4d5",
    // opcode and session identifier of OpenVPN's first packet
    "OpenVPN reset, 38 0001000000000000 00 00000000",
    "STUN, 000100002112a44201020304050607080910 1112",
    "question of no class, 123401000001000000000000 00 0001 4f4f 00ff00ff00ff"
  })
  void otherProtocolsAreNotCounted(String what, String bytes) {
    Journal.End end = ofDatagram(hex(bytes));
    assertEquals(Transport.OTHER, end.transport(), what);
    assertEquals(0, end.queries() + end.responses(), what);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "root query, 123401000001000000000000 00 0002 0001",
    "server status, 000010000000000000000000",
    "cookie without a question, 12340100 0000 0000 0000 0001 000029100000000000000c 000a00080102030405"
        + "060708",
    "private type, 123401000001000000000000 016100 ff00 0001",
    "refused without a question, 123481050000000000000000"
  })
  void unusualMessagesAreCounted(String what, String bytes) {
    Journal.End end = ofDatagram(hex(bytes));
    assertEquals(Transport.DO53_UDP, end.transport(), what);
    assertEquals(Confidence.CERTAIN, end.confidence(), what);
    assertEquals(1, end.queries() + end.responses(), what);
  }

  private static Journal.End ofConnection(byte[]... segments) {
    Connection connection = new Connection(CLIENT, SERVER, SECOND);
    Shard shard = new Shard().feed(connection.open());
    for (byte[] segment : segments) {
      shard.feed(connection.request(segment));
    }
    return shard.feed(connection.shut()).finish(1).ends.get(0);
  }

  @Test
  void tlsWithAlpnDotIsDotHereToo() {
    byte[] hello = HelloBuilder.record(22, new HelloBuilder().alpn("dot").message());
    Journal.End end = ofConnection(hello);
    assertEquals(Transport.DOT, end.transport());
    assertEquals(Confidence.CERTAIN, end.confidence());
  }

  /** A port of DNS says nothing about which service a listed address gives in TLS. */
  @Test
  void otherTlsIsTls() {
    byte[] hello = HelloBuilder.record(22, HelloBuilder.browser("vpn.example", "h2").message());
    Journal.End end = ofConnection(hello);
    assertEquals(Transport.OTHER, end.transport());
    assertEquals(Confidence.HIGH, end.confidence());
    assertTrue(Evidence.TLS.in(end.evidence()));
  }

  @Test
  void otherBytesAreNotDns() {
    Journal.End end = ofConnection(hex("00100000000000000000000000000000000000000000"));
    assertEquals(Transport.OTHER, end.transport());
    assertTrue(Evidence.NOT_DNS.in(end.evidence()));
  }
}
