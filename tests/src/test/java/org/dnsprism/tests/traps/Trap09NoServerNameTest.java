// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.tls.ServerMessages;
import org.dnsprism.pipeline.record.FlowRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Trap 9: a ClientHello without a name, and two ClientHellos")
class Trap09NoServerNameTest {
  @ParameterizedTest(name = "{0} port {1} is {2}, {3}")
  @CsvSource({
    TlsTraffic.RESOLVER + ", 443, doh, medium",
    TlsTraffic.SHARED_SERVER + ", 443, other, high",
    TlsTraffic.STRANGER + ", 443, other, high",
    TlsTraffic.RESOLVER + ", 853, other, high",
  })
  @DisplayName("HTTPS without a name is judged by address and port")
  void namelessHttps(String server, int port, String transport, String confidence) {
    FlowRecord flow = flow(server, port, TlsTraffic.nameless("h2", "http/1.1"));
    TlsTraffic.assertVerdict(transport, confidence, flow);
    assertNull(flow.sni());
    assertTrue(TlsTraffic.has(flow, "sni_absent"));
    assertEquals("none", flow.ech());
    assertEquals(false, flow.pq());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({TlsTraffic.RESOLVER, TlsTraffic.STRANGER})
  @DisplayName("DNS over TLS without a name is known by its port")
  void namelessDot(String server) {
    HelloBuilder hello = new HelloBuilder().versions(0x0304).keyShare(29, 32);
    TlsTraffic.assertVerdict("dot", "high", flow(server, 853, hello));
  }

  @Test
  @DisplayName("a certificate of TLS 1.2 names the server that the client does not")
  void certificateNamesTheServer() {
    Conversation connection = Conversation.with(TlsTraffic.STRANGER, 443);
    byte[] answer =
        TlsTraffic.join(
            ServerMessages.hello12("h2"),
            ServerMessages.certificates(ServerMessages.OLD_CERTIFICATE));
    FlowRecord flow =
        TlsTraffic.capture()
            .packets(connection.open())
            .packet(connection.client(TlsTraffic.record(TlsTraffic.nameless("h2"))))
            .packet(connection.server(answer))
            .packets(connection.close())
            .flow();
    TlsTraffic.assertVerdict("doh", "medium", flow);
    assertEquals("common.example", flow.endpoint());
    assertEquals("1.2", flow.tlsVersion());
  }

  private static FlowRecord flow(String server, int port, HelloBuilder hello) {
    Conversation connection = Conversation.with(server, port);
    return TlsTraffic.capture()
        .packets(connection.open())
        .packet(connection.client(TlsTraffic.record(hello)))
        .packet(connection.server(ServerMessages.hello13()))
        .packets(connection.close())
        .flow();
  }

  private static FlowRecord retried(HelloBuilder first, HelloBuilder second, int... cuts) {
    Conversation connection = Conversation.with(TlsTraffic.STRANGER, 443);
    return TlsTraffic.capture()
        .packets(connection.open())
        .packet(connection.client(TlsTraffic.record(first)))
        .packet(connection.server(ServerMessages.retryRequest()))
        .packet(connection.client(HelloBuilder.record(20, new byte[] {1})))
        .packets(connection.clientCut(TlsTraffic.record(second), cuts))
        .packet(connection.server(ServerMessages.hello13()))
        .packets(connection.close())
        .flow();
  }

  @Test
  @DisplayName("after a HelloRetryRequest the first name stays and the second key share counts")
  void twoHellos() {
    HelloBuilder first = TlsTraffic.nameless("h2", "http/1.1").sni("dns.test");
    HelloBuilder second = HelloBuilder.browser("dns.test", "h2");
    FlowRecord flow = retried(first, second, 700, 1400);
    TlsTraffic.assertVerdict("doh", "high", flow);
    assertEquals("dns.test", flow.sni());
    assertEquals(List.of("h2"), flow.alpn());
    assertEquals(true, flow.pq());
    assertEquals("1.3", flow.tlsVersion());
    assertNotNull(flow.ja4());
    assertEquals("t13d0304h2", flow.ja4().substring(0, 10), "JA4 of the first hello");
  }

  @Test
  @DisplayName("a name that stands in the second hello only is no name of the connection")
  void secondNameAlone() {
    HelloBuilder first = TlsTraffic.nameless("h2");
    FlowRecord flow = retried(first, TlsTraffic.nameless("h2").sni("dns.test"));
    TlsTraffic.assertVerdict("other", "high", flow);
    assertNull(flow.sni());
  }
}
