// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.pipeline.record.FlowRecord;
import org.junit.jupiter.api.Test;

/** Trap 10: one address serves many purposes; port, ALPN and name tell which of them it is. */
class Trap10SharedAddressesTest {
  private static final String CLOUDFLARE = "1.1.1.1";
  private static final String GOOGLE = "8.8.8.8";

  /** A front of Cloudflare's content network, which answers DoH among millions of web sites. */
  private static final String CONTENT_NETWORK = "104.16.249.249";

  private static FlowRecord https(String server, HelloBuilder hello) {
    Conversation tcp = Conversation.with(server, 443);
    return TrapCapture.ethernet()
        .packets(tcp.open())
        .packet(tcp.client(HelloBuilder.record(22, hello.message())))
        .flow();
  }

  private static HelloBuilder hello() {
    return new HelloBuilder().versions(0x0304).alpn("h2", "http/1.1");
  }

  private static void assertVerdict(String transport, String confidence, FlowRecord flow) {
    assertEquals(transport + " " + confidence, flow.transport() + " " + flow.confidence());
  }

  @Test
  void resolversAddressWithoutNameMayBeAWebPage() {
    assertVerdict("doh", "medium", https(CLOUDFLARE, hello()));
  }

  @Test
  void nameThatServesPagesTooIsNoMoreThanMedium() {
    assertVerdict("doh", "medium", https(CLOUDFLARE, hello().sni("one.one.one.one")));
  }

  @Test
  void nameOfSomethingElseOutweighsTheAddress() {
    assertVerdict("other", "high", https(GOOGLE, hello().sni("www.example.com")));
  }

  @Test
  void contentNetworksAddressTellsNothing() {
    assertVerdict("other", "high", https(CONTENT_NETWORK, hello()));
  }

  @Test
  void dedicatedNameBehindASharedAddressIsBelieved() {
    assertVerdict("doh", "high", https(CONTENT_NETWORK, hello().sni("mozilla.cloudflare-dns.com")));
  }

  @Test
  void sameAddressServesPlainDns() {
    Peer client = Peer.of("192.0.2.1", 40_000);
    Peer server = Peer.of(GOOGLE, 53);
    byte[] query = IpPackets.udp(client, server, Questions.query(7, "www.example.com"));
    assertVerdict("do53-udp", "certain", TrapCapture.ethernet().packet(query).flow());
  }
}
