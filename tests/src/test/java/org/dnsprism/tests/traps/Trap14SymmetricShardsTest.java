// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.Test;

/**
 * Trap 14: both directions of a flow must meet in one shard, whatever stands around them: tags,
 * tunnels with other outer addresses each way, fragments without ports.
 */
class Trap14SymmetricShardsTest {
  private static final int FLOWS = 300;
  private static final Peer SERVER = Peer.of("198.51.100.53", 53);
  private static final Peer SERVER6 = Peer.of("2001:db8::53", 53);

  private final Random random = new Random(14);

  private TrapCapture traffic() {
    TrapCapture capture = TrapCapture.ethernet();
    for (int i = 0; i < FLOWS; i++) {
      boolean six = random.nextBoolean();
      int port = 1024 + random.nextInt(60_000);
      String host =
          six ? "2001:db8:1::" + Integer.toHexString(i) : "10.9." + i / 250 + "." + i % 250;
      Peer client = Peer.of(host, port);
      Peer server = six ? SERVER6 : SERVER;
      byte[] query = IpPackets.udp(client, server, Questions.query(i, "www.example.com"));
      byte[] answer = IpPackets.udp(server, client, Questions.response(i, "www.example.com"));
      capture.frames(enclosed(i, query)).frames(enclosed(FLOWS - i, answer));
    }
    return capture;
  }

  /** The packet in one of four ways; the way back draws again. */
  private List<byte[]> enclosed(int number, byte[] packet) {
    return switch (random.nextInt(4)) {
      case 0 -> List.of(EthernetFrames.of(packet));
      case 1 -> List.of(EthernetFrames.tagged(1 + number, packet));
      case 2 -> {
        Peer from = Peer.numbered(number, 2152);
        Peer to = Peer.numbered(1_000 + random.nextInt(9), 2152);
        yield List.of(EthernetFrames.of(Tunnels.gtpu(from, to, number, packet)));
      }
      default -> IpPackets.fragments(packet, number, 24).stream().map(EthernetFrames::of).toList();
    };
  }

  @Test
  void everyFlowHasBothDirectionsForAnyNumberOfThreads() {
    TrapCapture capture = traffic();
    RunOfCapture run = capture.run();
    assertEquals(FLOWS, run.flows().size());
    for (FlowRecord flow : run.flows()) {
      assertEquals("1 1 false", flow.queries() + " " + flow.responses() + " " + flow.oneWay());
    }
    for (int threads : new int[] {3, 5, 16}) {
      assertArrayEquals(run.json(), capture.run(threads).json(), threads + " threads");
    }
  }
}
