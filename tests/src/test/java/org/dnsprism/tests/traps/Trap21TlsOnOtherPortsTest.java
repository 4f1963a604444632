// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.tls.ServerMessages;
import org.dnsprism.pipeline.record.FlowRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Trap 21: DNS over TLS and HTTPS on ports of others")
class Trap21TlsOnOtherPortsTest {
  private static FlowRecord flow(String server, int port, HelloBuilder hello) {
    Conversation connection = Conversation.with(server, port);
    return TlsTraffic.capture()
        .packets(connection.open())
        .packet(connection.client(TlsTraffic.record(hello)))
        .packet(connection.server(ServerMessages.hello13()))
        .packets(connection.close())
        .flow();
  }

  @ParameterizedTest
  @ValueSource(ints = {443, 853, 8443, 40_853})
  @DisplayName("ALPN dot says DNS over TLS on any port, of any server")
  void dotByItsProtocol(int port) {
    HelloBuilder hello = TlsTraffic.nameless("dot").sni("unlisted.test");
    TlsTraffic.assertVerdict("dot", "certain", flow(TlsTraffic.STRANGER, port, hello));
  }

  @Test
  @DisplayName("the whole ALPN list is read: dot behind GREASE (0x3a3a, two colons) and h2")
  void dotIsNotTheFirst() {
    HelloBuilder hello = TlsTraffic.nameless("::", "h2", "dot").sni("dns.test");
    TlsTraffic.assertVerdict("dot", "certain", flow(TlsTraffic.STRANGER, 443, hello));
  }

  @ParameterizedTest
  @ValueSource(ints = {443, 8443, 4433})
  @DisplayName("a listed name says DNS over HTTPS on any port but 853")
  void dohByItsName(int port) {
    HelloBuilder hello = TlsTraffic.nameless("h2", "http/1.1").sni("dns.test");
    FlowRecord flow = flow(TlsTraffic.STRANGER, port, hello);
    TlsTraffic.assertVerdict("doh", "high", flow);
    assertEquals("dns.test", flow.endpoint());
  }

  @Test
  @DisplayName("HTTPS on port 853 is no DNS over TLS")
  void webOnPort853() {
    HelloBuilder hello = TlsTraffic.nameless("h2", "http/1.1").sni("shop.test");
    TlsTraffic.assertVerdict("other", "high", flow(TlsTraffic.STRANGER, 853, hello));
  }

  @Test
  @DisplayName("without ALPN a port that is listed for DNS over TLS is a weaker sign")
  void listedPort() {
    HelloBuilder hello = new HelloBuilder().versions(0x0304).keyShare(29, 32);
    TlsTraffic.assertVerdict("dot", "medium", flow(TlsTraffic.RESOLVER, 8853, hello));
    TlsTraffic.assertVerdict("other", "high", flow(TlsTraffic.STRANGER, 8853, hello));
  }
}
