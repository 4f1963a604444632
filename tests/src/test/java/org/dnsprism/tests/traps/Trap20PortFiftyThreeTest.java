// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.dnsprism.classifier.quic.InitialSealer.V1;
import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.tests.traps.QuicTraffic.DCID;
import static org.dnsprism.tests.traps.QuicTraffic.NO_TOKEN;
import static org.dnsprism.tests.traps.QuicTraffic.SCID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Collectors;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Trap 20: other traffic on port 53, local names, and the two sides of a resolver")
class Trap20PortFiftyThreeTest {
  private static final Peer CLIENT = Peer.of("192.0.2.1", 40_000);
  private static final Peer SERVER = Peer.of("198.51.100.53", 53);

  private static void assertOther(FlowRecord flow) {
    assertEquals("other", flow.transport());
    assertTrue(flow.evidence().stream().noneMatch(fact -> fact.kind().startsWith("dns_")));
  }

  @Test
  void quicIsQuic() {
    QuicTraffic quic = new QuicTraffic(53);
    byte[] hello = HelloBuilder.browser("www.example", "h3").message();
    byte[] frames = crypto(hello, 0, hello.length);
    FlowRecord flow =
        TrapCapture.ethernet()
            .packet(quic.fromClient(quic.client.seal(V1, DCID, SCID, NO_TOKEN, 0, frames)))
            .packet(quic.answer(V1))
            .flow();
    assertOther(flow);
    assertEquals("www.example", flow.sni());
  }

  @Test
  void tlsIsTls() {
    byte[] hello = HelloBuilder.record(22, HelloBuilder.browser("vpn.example", "h2").message());
    Conversation connection = Conversation.with("198.51.100.53", 53);
    FlowRecord flow =
        TrapCapture.ethernet()
            .packets(connection.open())
            .packet(connection.client(hello))
            .packet(connection.server(HelloBuilder.record(23, new byte[200])))
            .packets(connection.close())
            .flow();
    assertOther(flow);
    assertEquals("vpn.example", flow.sni());
  }

  /** The handshake and the data of a VPN (the WireGuard paper, section 5.4). */
  @Test
  void vpnIsNotDns() {
    byte[] initiation = new byte[148];
    byte[] response = new byte[92];
    byte[] data = new byte[1280];
    initiation[0] = 1;
    response[0] = 2;
    data[0] = 4;
    for (byte[] message : new byte[][] {initiation, response, data}) {
      for (int i = 4; i < message.length; i++) {
        message[i] = (byte) (i * 151 + 17);
      }
    }
    FlowRecord flow =
        TrapCapture.ethernet()
            .packet(IpPackets.udp(CLIENT, SERVER, initiation))
            .packet(IpPackets.udp(SERVER, CLIENT, response))
            .packet(IpPackets.udp(CLIENT, SERVER, data))
            .packet(IpPackets.udp(SERVER, CLIENT, data))
            .flow();
    assertOther(flow);
  }

  @ParameterizedTest
  @CsvSource({"224.0.0.251, 5353, 5353, mdns", "224.0.0.252, 50000, 5355, llmnr"})
  void localNamesAreNoResolverTraffic(String group, int from, int to, String transport) {
    Peer client = Peer.of("192.0.2.1", from);
    byte[] query = Questions.query(0, "printer.local");
    FlowRecord flow =
        TrapCapture.ethernet().packet(IpPackets.udp(client, Peer.of(group, to), query)).flow();
    assertEquals(transport, flow.transport());
  }

  /** A resolver asks servers without wanting recursion, maybe from port 53 itself. */
  @Test
  void sidesOfResolverAreCountedApart() {
    byte[] wanting = Questions.query(7, "www.example");
    byte[] iterative = Questions.query(8, "www.example");
    iterative[2] &= ~1; // RD
    Peer authority = Peer.of("203.0.113.53", 53);
    RunOfCapture run =
        TrapCapture.ethernet()
            .packet(IpPackets.udp(CLIENT, SERVER, wanting))
            .packet(IpPackets.udp(SERVER, authority, iterative))
            .packet(IpPackets.udp(authority, SERVER, Questions.response(8, "www.example")))
            .packet(IpPackets.udp(SERVER, CLIENT, Questions.response(7, "www.example")))
            .run();
    Map<String, String> roles =
        run.stats().stream()
            .filter(cell -> cell.flows() > 0)
            .collect(Collectors.toMap(StatsRecord::serverIp, StatsRecord::role));
    assertEquals(Map.of("198.51.100.53", "stub", "203.0.113.53", "recursive"), roles);
    assertFalse(run.flows().stream().anyMatch(FlowRecord::oneWay));
  }
}
