// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.classifier.quic.InitialSealer;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.Test;

/**
 * Trap 25: a relay carries DNS that nobody can see. Such flows are not DNS and not nothing: they
 * count as unobservable.
 */
class Trap25RelaysTest {
  private static final Peer CLIENT = Peer.of("192.0.2.1", 40_000);
  private static final Peer RELAY = Peer.of("17.248.0.1", 443);

  private static byte[] overQuic(String name) {
    byte[] hello = new HelloBuilder().versions(0x0304).alpn("h3").sni(name).message();
    byte[] id = {1, 2, 3, 4, 5, 6, 7, 8};
    byte[] frames = InitialSealer.crypto(hello, 0, hello.length);
    byte[] datagram =
        new InitialSealer(id, InitialSealer.V1, true)
            .seal(InitialSealer.V1, id, new byte[0], new byte[0], 0, frames);
    return IpPackets.udp(CLIENT, RELAY, datagram);
  }

  private static void assertHidden(RunOfCapture run) {
    FlowRecord flow = run.flows().get(0);
    assertEquals("other high", flow.transport() + " " + flow.confidence());
    assertTrue(flow.evidence().stream().anyMatch(item -> item.kind().equals("relay")));
    assertEquals(1, run.summaries().get(0).whole().unobservableFlows());
  }

  @Test
  void privateRelayOverHttp3IsUnobservable() {
    assertHidden(TrapCapture.ethernet().packet(overQuic("mask.icloud.com")).run());
  }

  @Test
  void privateRelayOverHttp2IsUnobservable() {
    Conversation tcp = Conversation.with("17.248.0.2", 443);
    byte[] hello =
        new HelloBuilder().versions(0x0304).alpn("h2").sni("mask-h2.icloud.com").message();
    assertHidden(
        TrapCapture.ethernet()
            .packets(tcp.open())
            .packet(tcp.client(HelloBuilder.record(22, hello)))
            .packets(tcp.close())
            .run());
  }

  @Test
  void otherNamesOfTheSameOperatorAreObservable() {
    RunOfCapture run = TrapCapture.ethernet().packet(overQuic("www.icloud.com")).run();
    assertEquals(0, run.summaries().get(0).whole().unobservableFlows());
  }

  /** Before a relay is used its name is asked for: that is seen, and counted by name. */
  @Test
  void questionsForTheRelayAreCounted() {
    Peer resolver = Peer.of("198.51.100.53", 53);
    WindowRecord whole =
        TrapCapture.ethernet()
            .packet(IpPackets.udp(CLIENT, resolver, Questions.query(1, "mask.icloud.com")))
            .packet(IpPackets.udp(CLIENT, resolver, Questions.query(2, "mask-h2.icloud.com")))
            .run()
            .summaries()
            .get(0)
            .whole();
    assertEquals(1, whole.canaries().get("mask.icloud.com"));
    assertEquals(1, whole.canaries().get("mask-h2.icloud.com"));
  }
}
