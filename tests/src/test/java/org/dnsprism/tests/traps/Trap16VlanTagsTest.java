// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.pipeline.record.FlowRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trap 16: VLAN tags, one or two of any type, and other tags on the way back. */
class Trap16VlanTagsTest {
  private static final Peer CLIENT = Peer.of("192.0.2.1", 40_000);
  private static final Peer SERVER = Peer.of("198.51.100.53", 53);

  private final byte[] query = IpPackets.udp(CLIENT, SERVER, Questions.query(7, "www.example.com"));
  private final byte[] answer =
      IpPackets.udp(SERVER, CLIENT, Questions.response(7, "www.example.com"));

  @ParameterizedTest
  @ValueSource(
      ints = {
        EthernetFrames.VLAN,
        EthernetFrames.PROVIDER_VLAN,
        EthernetFrames.OLD_PROVIDER_VLAN,
        0x9200
      })
  void twoTagsAreLookedThrough(int outerType) {
    FlowRecord flow =
        TrapCapture.ethernet()
            .frame(EthernetFrames.tagged(outerType, 100, 200, query))
            .frame(EthernetFrames.tagged(outerType, 100, 200, answer))
            .flow();
    assertWhole(flow);
    assertEquals(List.of(100, 200), flow.vlan());
  }

  @Test
  void directionsWithDifferentTagsAreOneFlow() {
    assertWhole(
        TrapCapture.ethernet()
            .frame(EthernetFrames.tagged(100, query))
            .frame(EthernetFrames.tagged(101, answer))
            .flow());
  }

  @Test
  void directionsOfWhichOneHasNoTagAreOneFlow() {
    assertWhole(
        TrapCapture.ethernet()
            .frame(EthernetFrames.tagged(EthernetFrames.PROVIDER_VLAN, 100, 200, query))
            .frame(EthernetFrames.of(answer))
            .flow());
  }

  private static void assertWhole(FlowRecord flow) {
    assertEquals("do53-udp", flow.transport());
    assertEquals("certain", flow.confidence());
    assertEquals(1, flow.queries());
    assertEquals(1, flow.responses());
    assertEquals(false, flow.oneWay());
  }
}
