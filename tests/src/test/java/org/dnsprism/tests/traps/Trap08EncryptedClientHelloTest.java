// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.tls.ServerMessages;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Trap 8: Encrypted ClientHello shows a front, and GREASE looks the same")
class Trap08EncryptedClientHelloTest {
  private final TrapCapture capture = TlsTraffic.capture();

  private FlowRecord flow(String server, HelloBuilder hello) {
    Conversation connection = Conversation.with(server, 443);
    return capture
        .packets(connection.open())
        .packet(connection.client(TlsTraffic.record(hello)))
        .packet(connection.server(ServerMessages.hello13()))
        .packets(connection.close())
        .flow();
  }

  private static HelloBuilder hello(String name, int keyLength) {
    return TlsTraffic.nameless("h2", "http/1.1").sni(name).ech(7, keyLength, 176);
  }

  private void assertWindows(long echOffered, long unobservable) {
    RunOfCapture run = capture.run();
    assertEquals(
        echOffered, run.windows().stream().mapToLong(WindowRecord::echOffered).sum(), "ECH");
    assertEquals(
        unobservable,
        run.windows().stream().mapToLong(WindowRecord::unobservableFlows).sum(),
        "unobservable");
  }

  @ParameterizedTest
  @ValueSource(strings = {TlsTraffic.STRANGER, TlsTraffic.SHARED_SERVER, TlsTraffic.RESOLVER})
  @DisplayName("the name of a front is not the server's, even where a list has it")
  void frontIsNotTheInnerName(String server) {
    FlowRecord flow = flow(server, hello("cloudflare-ech.com", 32));
    TlsTraffic.assertVerdict("other", "low", flow);
    assertEquals("offered", flow.ech());
    assertTrue(TlsTraffic.has(flow, "ech_offered"));
    assertFalse(TlsTraffic.has(flow, "sni_listed"));
    assertWindows(1, 1);
  }

  @Test
  @DisplayName("the extension alone takes nothing from a listed name")
  void greaseOnAListedName() {
    FlowRecord flow = flow(TlsTraffic.STRANGER, hello("dns.test", 32));
    TlsTraffic.assertVerdict("doh", "high", flow);
    assertEquals("grease", flow.ech());
    assertWindows(1, 0);
  }

  @Test
  @DisplayName("the extension alone adds nothing to an unlisted name")
  void greaseOnAnUnlistedName() {
    FlowRecord flow = flow(TlsTraffic.RESOLVER, hello("shop.test", 32));
    TlsTraffic.assertVerdict("other", "high", flow);
    assertEquals("grease", flow.ech());
    assertWindows(1, 0);
  }

  @Test
  @DisplayName("a front's name without the extension is a name like others")
  void frontWithoutTheExtension() {
    HelloBuilder hello = TlsTraffic.nameless("h2").sni("cloudflare-ech.com");
    FlowRecord flow = flow(TlsTraffic.STRANGER, hello);
    TlsTraffic.assertVerdict("doh", "high", flow);
    assertEquals("none", flow.ech());
    assertWindows(0, 0);
  }

  @Test
  @DisplayName("a second hello without a key proves it, whatever the name in front")
  void retriedHelloProvesIt() {
    Conversation connection = Conversation.with(TlsTraffic.STRANGER, 443);
    FlowRecord flow =
        capture
            .packets(connection.open())
            .packet(connection.client(TlsTraffic.record(hello("dns.test", 32))))
            .packet(connection.server(ServerMessages.retryRequest()))
            .packet(connection.client(TlsTraffic.record(hello("dns.test", 0))))
            .packet(connection.server(ServerMessages.hello13()))
            .packets(connection.close())
            .flow();
    TlsTraffic.assertVerdict("other", "low", flow);
    assertEquals("offered", flow.ech());
    assertNull(flow.operator());
    assertWindows(1, 1);
  }

  @Test
  @DisplayName("a second hello that repeats its GREASE proves nothing")
  void retriedGreaseProvesNothing() {
    Conversation connection = Conversation.with(TlsTraffic.STRANGER, 443);
    byte[] hello = TlsTraffic.record(hello("dns.test", 32));
    FlowRecord flow =
        capture
            .packets(connection.open())
            .packet(connection.client(hello))
            .packet(connection.server(ServerMessages.retryRequest()))
            .packet(connection.client(hello))
            .packets(connection.close())
            .flow();
    TlsTraffic.assertVerdict("doh", "high", flow);
    assertEquals("grease", flow.ech());
    assertWindows(1, 0);
  }

  @Test
  @DisplayName("on the port of DNS over TLS there is only DNS behind the front")
  void frontOnPort853() {
    Conversation connection = Conversation.with(TlsTraffic.STRANGER, 853);
    HelloBuilder hello = new HelloBuilder().sni("cloudflare-ech.com").ech(7, 32, 176);
    FlowRecord flow =
        capture
            .packets(connection.open())
            .packet(connection.client(TlsTraffic.record(hello)))
            .flow();
    TlsTraffic.assertVerdict("dot", "high", flow);
    assertEquals("offered", flow.ech());
  }
}
