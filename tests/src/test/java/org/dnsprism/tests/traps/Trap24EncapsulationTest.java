// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.classifier.wire.FrameCase;
import org.dnsprism.classifier.wire.FrameCases;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.Tunnel;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Trap 24: at an access provider the subscriber may be behind PPPoE, MPLS, GRE, L2TP, GTP-U, VXLAN
 * or IP in IP, in any order.
 */
class Trap24EncapsulationTest {
  private static final Peer CLIENT = Peer.of("192.0.2.1", 40_000);
  private static final Peer SERVER = Peer.of("198.51.100.53", 53);

  /** Each frame holds one query of the same client, 29 bytes long. */
  @TestFactory
  Stream<DynamicTest> subscriberIsFoundInside() {
    return FrameCases.all().stream()
        .map(frame -> DynamicTest.dynamicTest(frame.name(), () -> check(frame)));
  }

  private static void check(FrameCase frame) {
    FlowRecord flow = TrapCapture.of(frame.linkType()).frame(frame.bytes()).flow();
    boolean tcp = frame.inner().protocol() == Packet.TCP;
    assertEquals(tcp ? "do53-tcp" : "do53-udp", flow.transport());
    assertEquals(frame.inner().ipVersion() == 4 ? "192.0.2.1" : "2001:db8::1", flow.clientIp());
    assertEquals(frame.inner().sourcePort(), flow.clientPort());
    assertEquals(1, flow.queries());
    assertEquals(frame.bytes().length, flow.clientBytes());
    assertEquals(frame.tunnel() == Tunnel.NONE ? null : frame.tunnel().label(), flow.tunnel());
    assertEquals(frame.vlans().isEmpty() ? null : frame.vlans(), flow.vlan());
  }

  @Test
  void bothWaysThroughATunnelAreOneFlow() {
    Peer near = Peer.of("203.0.113.1", 2152);
    Peer far = Peer.of("203.0.113.2", 2152);
    byte[] query = IpPackets.udp(CLIENT, SERVER, Questions.query(7, "www.example.com"));
    byte[] answer = IpPackets.udp(SERVER, CLIENT, Questions.response(7, "www.example.com"));
    FlowRecord flow =
        TrapCapture.ethernet()
            .packet(Tunnels.gtpu(near, far, 0x1111, query))
            .packet(Tunnels.gtpu(far, near, 0x2222, answer))
            .flow();
    assertEquals("do53-udp certain", flow.transport() + " " + flow.confidence());
    assertEquals("1 1 gtpu", flow.queries() + " " + flow.responses() + " " + flow.tunnel());
  }

  /** A datagram on the port of a tunnel that is none stays what it is. */
  @Test
  void portOfATunnelAloneOpensNothing() {
    Peer client = Peer.of("192.0.2.1", 4789);
    byte[] query = IpPackets.udp(client, SERVER, Questions.query(7, "www.example.com"));
    FlowRecord flow = TrapCapture.ethernet().packet(query).flow();
    assertEquals("do53-udp null", flow.transport() + " " + flow.tunnel());
  }

  @Test
  void nestingWithoutEndIsCounted() {
    byte[] packet = IpPackets.udp(CLIENT, SERVER, Questions.query(7, "www.example.com"));
    for (int i = 0; i < 40; i++) {
      packet = Tunnels.ipInIp(CLIENT, SERVER, packet);
    }
    RunOfCapture run = TrapCapture.ethernet().packets(List.of(packet)).run();
    assertEquals(0, run.flows().size());
    assertEquals(1, run.summaries().get(0).whole().undecodable().get("too_deep"));
  }
}
