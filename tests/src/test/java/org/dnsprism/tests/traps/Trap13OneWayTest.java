// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.tls.ServerMessages;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Trap 13: a mirror shows one direction only")
class Trap13OneWayTest {
  private static final byte[] ANSWERS = TlsTraffic.encrypted(2, 1200, 490);

  private final TrapCapture capture = TlsTraffic.capture();

  private FlowRecord oneWayFlow() {
    FlowRecord flow = capture.flow();
    assertTrue(flow.oneWay());
    assertEquals("192.0.2.1", flow.clientIp());
    assertEquals(40_000, flow.clientPort());
    return flow;
  }

  @ParameterizedTest(name = "port {0} is {1}")
  @CsvSource({"443, doh", "853, dot"})
  @DisplayName("the client's side: nothing waits for a SYN-ACK or ServerHello")
  void clientOnly(int port, String transport) {
    Conversation connection = Conversation.with(TlsTraffic.STRANGER, port);
    HelloBuilder hello = new HelloBuilder().sni("dns.test").versions(0x0304).keyShare(29, 32);
    capture.packet(connection.syn()).packet(connection.client());
    capture.packet(connection.client(TlsTraffic.record(hello))).packet(connection.client());
    FlowRecord flow = oneWayFlow();
    TlsTraffic.assertVerdict(transport, "high", flow);
    assertEquals(0, flow.serverPackets());
    assertNull(flow.handshakeUs());
    assertEquals(false, flow.joinedMidstream());
    assertEquals(
        1.0, capture.run().windows().stream().mapToDouble(Trap13OneWayTest::oneWayShare).sum());
  }

  private static double oneWayShare(WindowRecord window) {
    Double share = window.oneWayShare();
    return share == null ? 0 : share;
  }

  @ParameterizedTest(name = "{0} port {1} is {2}, {3}")
  @CsvSource({
    TlsTraffic.STRANGER + ", 853, dot, high",
    TlsTraffic.RESOLVER + ", 443, doh, low",
    TlsTraffic.SHARED_SERVER + ", 443, other, low",
    TlsTraffic.STRANGER + ", 443, other, low",
  })
  @DisplayName("the server's side of TLS 1.3: its hello, with and without the SYN-ACK")
  void serverOnly(String server, int port, String transport, String confidence) {
    for (boolean synAck : new boolean[] {true, false}) {
      TrapCapture own = TlsTraffic.capture();
      Conversation connection = Conversation.with(server, port);
      connection.syn();
      byte[] first = connection.synAck();
      connection.client(new byte[500]);
      own.packets(synAck ? List.of(first) : List.of());
      own.packet(connection.server(ServerMessages.hello13())).packet(connection.server(ANSWERS));
      FlowRecord flow = own.flow();
      TlsTraffic.assertVerdict(transport, confidence, flow);
      assertEquals(server, flow.serverIp());
      assertEquals(0, flow.clientPackets());
      assertEquals("1.3", flow.tlsVersion());
      assertTrue(flow.oneWay());
      assertEquals(!synAck, flow.joinedMidstream());
    }
  }

  @Test
  @DisplayName("the server's side of TLS 1.2: its certificate names the service")
  void certificateOfAServerAlone() {
    FlowRecord flow = serverOf12("h2", 443);
    TlsTraffic.assertVerdict("doh", "medium", flow);
    assertEquals("common.example", flow.endpoint());
  }

  @ParameterizedTest
  @ValueSource(ints = {443, 8443})
  @DisplayName("the server's side of TLS 1.2: it chose dot")
  void serverChoseDot(int port) {
    TlsTraffic.assertVerdict("dot", "certain", serverOf12("dot", port));
  }

  private FlowRecord serverOf12(String protocol, int port) {
    Conversation connection = Conversation.with(TlsTraffic.STRANGER, port);
    connection.syn();
    capture.packet(connection.synAck());
    connection.client(new byte[300]);
    byte[] certificate = ServerMessages.certificates(ServerMessages.OLD_CERTIFICATE);
    capture.packet(connection.server(ServerMessages.hello12(protocol)));
    capture.packet(connection.server(certificate)).packet(connection.server(ANSWERS));
    return oneWayFlow();
  }

  @ParameterizedTest(name = "query seen: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("queries alone, or responses alone")
  void do53(boolean query) {
    Peer client = Peer.of("192.0.2.1", 40_000);
    Peer server = Peer.of(TlsTraffic.RESOLVER, 53);
    capture.packet(
        query
            ? IpPackets.udp(client, server, Questions.query(7, "www.example.com"))
            : IpPackets.udp(server, client, Questions.response(7, "www.example.com")));
    FlowRecord flow = oneWayFlow();
    TlsTraffic.assertVerdict("do53-udp", "certain", flow);
    assertEquals(query ? 1 : 0, flow.queries());
    assertEquals(query ? 0 : 1, flow.responses());
  }
}
