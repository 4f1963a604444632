// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multicast DNS, DNS of servers on its port, and NetBIOS names are told apart. */
class LocalNamesTest {
  private static Journal.End one(Packet... packets) {
    return new Shard().feed(packets).finish(1).ends.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.9, 5353, 224.0.0.251, 5353, printer.local",
    "192.168.1.9, 41000, 224.0.0.251, 5353, printer.example",
    "fd53::9, 5353, ff02::fb, 5353, printer.example",
    "fe80::9, 41000, fe80::7, 5353, printer.example",
    "169.254.3.4, 41000, 169.254.3.5, 5353, printer.example",
    "192.168.1.9, 5353, 192.168.1.8, 5353, printer.example",
    "192.168.1.9, 41000, 192.168.1.8, 5353, _services._dns-sd._udp.local"
  })
  void multicastDnsIsKnownByAddressPortsOrName(
      String from, int fromPort, String to, int toPort, String name) {
    byte[] query = Questions.query(0, name);
    Journal.End end = one(Frames.udp(Peer.of(from, fromPort), Peer.of(to, toPort), SECOND, query));
    assertEquals(Transport.MDNS, end.transport());
    assertEquals(Confidence.CERTAIN, end.confidence());
    assertEquals(1, end.queries());
  }

  /** RFC 6762, sections 6.7 and 18.4: the answer to a one-shot query, with the bit AA. */
  @Test
  void answerToAOneShotQueryIsMulticastDns() {
    byte[] answer = Questions.response(7, "printer.example");
    answer[2] |= 4;
    Journal.End end =
        one(
            Frames.udp(
                Peer.of("192.168.1.8", 5353), Peer.of("192.168.1.9", 41_000), SECOND, answer));
    assertEquals(Transport.MDNS, end.transport());
  }

  /** A server such as dnsdist can be bound to any port. */
  @ParameterizedTest
  @CsvSource({"10.53.0.2, 10.53.0.11", "2001:db8::2, 2001:db8::53"})
  void serverOnThePortOfMulticastDnsIsAServer(String client, String server) {
    Peer from = Peer.of(client, 41_000);
    Peer to = Peer.of(server, 5353);
    Journal.End asked = one(Frames.udp(from, to, SECOND, Questions.query(7, "a.example")));
    assertEquals(Transport.DO53_UDP, asked.transport());
    assertEquals(Confidence.HIGH, asked.confidence());
    Journal.End answered =
        one(
            Frames.udp(from, to, SECOND, Questions.query(7, "a.example")),
            Frames.udp(to, from, SECOND + 1, Questions.response(7, "a.example")));
    assertEquals(Transport.DO53_UDP, answered.transport());
    assertEquals(Confidence.CERTAIN, answered.confidence());
    assertEquals(1, answered.queries());
    assertEquals(1, answered.responses());
    assertFalse(Evidence.PORT_MDNS.in(answered.evidence()));
  }

  /** RFC 1002, section 4.2.12: the name FRED and fifteen blanks, as in RFC 1001, section 14.1. */
  private static byte[] nbns(String flags, String letters) {
    String name = HexFormat.of().formatHex(letters.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of()
        .parseHex("80b0" + flags + "0001000000000000" + "20" + name + "00" + "00200001");
  }

  private static final String FRED = "EGFCEFEECACACACACACACACACACACACA";

  @ParameterizedTest
  @CsvSource({"0110", "2910", "3010", "4010", "7910"})
  void netbiosNamesAreNamedAndNotDns(String flags) {
    Peer host = Peer.of("192.168.1.9", 137);
    Journal.End end =
        one(Frames.udp(host, Peer.of("192.168.1.255", 137), SECOND, nbns(flags, FRED)));
    assertEquals(Transport.OTHER, end.transport());
    assertEquals(Confidence.HIGH, end.confidence());
    assertTrue(Evidence.NBNS.in(end.evidence()));
    assertEquals(0, end.queries());
  }

  @Test
  void otherBytesOnTheNetbiosPortAreNothing() {
    Peer host = Peer.of("192.168.1.9", 41_000);
    byte[] wrong = nbns("0110", FRED.replace('C', 'Q'));
    for (byte[] payload : new byte[][] {wrong, new byte[60], {1, 2, 3}}) {
      Journal.End end = one(Frames.udp(host, Peer.of("192.168.1.8", 137), SECOND, payload));
      assertEquals(Transport.OTHER, end.transport());
      assertFalse(Evidence.NBNS.in(end.evidence()));
    }
  }
}
