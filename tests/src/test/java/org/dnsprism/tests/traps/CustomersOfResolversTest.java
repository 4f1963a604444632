// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.Test;

/**
 * NextDNS gives each customer a name and addresses of its own, as it documents; neither may appear
 * in any record, even with full client addresses.
 */
class CustomersOfResolversTest {
  private static final String NETWORK = "45.90.28.0/24";
  private static final String ONE = "45.90.28.71";
  private static final String OTHER = "45.90.28.72";
  private static final String V6 = "2a07:a8c0::c0:ffee";

  /** A TLS flow of each of some hellos, to servers in their order. */
  private static RunOfCapture tls(int port, List<String> servers, HelloBuilder hello) {
    TrapCapture capture = TrapCapture.ethernet();
    for (String server : servers) {
      String client = server.contains(":") ? "2001:db8::1" : "192.0.2.1";
      Conversation tcp = new Conversation(Peer.of(client, 40_000), Peer.of(server, port));
      capture
          .packets(tcp.open())
          .packet(tcp.client(HelloBuilder.record(22, hello.message())))
          .packets(tcp.close());
    }
    return capture.run();
  }

  private static HelloBuilder hello() {
    return new HelloBuilder().versions(0x0304).alpn("h2", "http/1.1");
  }

  private static String text(RunOfCapture run) {
    return new String(run.json(), StandardCharsets.UTF_8);
  }

  private static String value(FlowRecord flow, String kind) {
    return flow.evidence().stream()
        .filter(item -> item.kind().equals(kind))
        .map(item -> String.valueOf(item.value()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void addressOfACustomerIsToldAsItsNetwork() {
    RunOfCapture run = tls(443, List.of(ONE), hello());
    FlowRecord flow = run.flows().get(0);
    assertEquals("doh", flow.transport());
    assertEquals(NETWORK, flow.serverIp());
    assertEquals(NETWORK, value(flow, "address_listed"));
    assertFalse(text(run).contains(ONE));
    RunOfCapture six = tls(443, List.of(V6), hello());
    assertEquals("2a07:a8c0::/96", six.flows().get(0).serverIp());
    assertFalse(text(six).contains("ffee"));
  }

  @Test
  void nameOfACustomerIsMaskedWhateverTheAddress() {
    for (String server : List.of(ONE, "45.90.28.0", "198.51.100.9")) {
      RunOfCapture run = tls(443, List.of(server), hello().sni("c0ffee.dns.nextdns.io"));
      FlowRecord flow = run.flows().get(0);
      assertEquals("*.dns.nextdns.io", flow.sni());
      assertEquals("*.dns.nextdns.io", value(flow, "sni"));
      assertFalse(text(run).contains("c0ffee"));
    }
  }

  @Test
  void nameOfNoListIsWithheldAtACustomersAddress() {
    RunOfCapture run = tls(853, List.of(ONE), hello().alpn("dot").sni("dns.smith.example"));
    FlowRecord flow = run.flows().get(0);
    assertEquals("dot", flow.transport());
    assertNull(flow.sni());
    assertTrue(TlsTraffic.has(flow, "sni"));
    assertFalse(text(run).contains("smith"));
    RunOfCapture shared =
        tls(853, List.of("45.90.28.0"), hello().alpn("dot").sni("dns.smith.example"));
    assertEquals("dns.smith.example", shared.flows().get(0).sni());
  }

  @Test
  void customersShareACellOfTheStatistics() {
    RunOfCapture run = tls(853, List.of(ONE, OTHER, "45.90.28.0"), hello().alpn("dot"));
    List<StatsRecord> cells = run.stats();
    assertEquals(
        List.of(NETWORK, "45.90.28.0"), cells.stream().map(StatsRecord::serverIp).toList());
    assertEquals(List.of(2L, 1L), cells.stream().map(StatsRecord::flows).toList());
    assertFalse(text(run).contains("45.90.28.7"));
  }

  @Test
  void plainDnsIsMaskedToo() {
    Peer client = Peer.of("192.0.2.1", 40_000);
    byte[] query = IpPackets.udp(client, Peer.of(ONE, 53), Questions.query(7, "www.example.com"));
    RunOfCapture run = TrapCapture.ethernet().packet(query).run();
    assertEquals("do53-udp", run.flows().get(0).transport());
    assertEquals(NETWORK, run.flows().get(0).serverIp());
    assertFalse(text(run).contains(ONE));
  }
}
