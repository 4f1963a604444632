// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.dnsprism.classifier.quic.InitialSealer.V1;
import static org.dnsprism.classifier.quic.InitialSealer.V2;
import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.tests.traps.QuicTraffic.DCID;
import static org.dnsprism.tests.traps.QuicTraffic.HELLO;
import static org.dnsprism.tests.traps.QuicTraffic.NO_TOKEN;
import static org.dnsprism.tests.traps.QuicTraffic.SCID;
import static org.dnsprism.tests.traps.QuicTraffic.SERVER_ID;
import static org.dnsprism.tests.traps.QuicTraffic.assertDoq;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Map;
import org.dnsprism.classifier.quic.InitialSealer;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Trap 7: Version Negotiation, upgrade from 1 to 2, and versions that are not known")
class Trap07QuicVersionsTest {
  private static final int UNKNOWN = 0xabcd0001;
  private static final byte[] VERSION_NEGOTIATION =
      HexFormat.of()
          .parseHex("f300000000" + "04c101c102c103c104" + "088394c8f03e515708" + "00000001");

  private final QuicTraffic quic = new QuicTraffic();

  private byte[] whole(int version) {
    return quic.client.seal(version, DCID, SCID, NO_TOKEN, 0, crypto(HELLO, 0, HELLO.length));
  }

  @Test
  void upgradeInTheMiddleOfTheHello() {
    byte[] rest = crypto(HELLO, 600, HELLO.length);
    FlowRecord flow =
        TrapCapture.ethernet()
            .packet(quic.part(0, 0, 600))
            .packet(quic.answer(V2))
            .packet(
                quic.fromClient(
                    new InitialSealer(DCID, V2, true).seal(V2, SERVER_ID, SCID, NO_TOKEN, 1, rest)))
            .flow();
    assertDoq(flow);
    assertEquals("2", flow.quicVersion());
  }

  @Test
  void versionNegotiationAndAnotherHello() {
    byte[] refused = whole(0x1a2a3a4a);
    refused[refused.length - 1] ^= 1;
    FlowRecord flow =
        TrapCapture.ethernet()
            .packet(quic.fromClient(refused))
            .packet(quic.fromServer(VERSION_NEGOTIATION))
            .packets(quic.threeParts())
            .packet(quic.answer(V1))
            .flow();
    assertDoq(flow);
    assertEquals("1", flow.quicVersion());
  }

  @Test
  void unknownVersionWithKnownKeys() {
    FlowRecord flow = TrapCapture.ethernet().packet(quic.fromClient(whole(UNKNOWN))).flow();
    assertDoq(flow);
    assertEquals("0xabcd0001", flow.quicVersion());
  }

  @Test
  void unknownVersionWithUnknownKeysIsQuicAllTheSame() {
    QuicTraffic web = new QuicTraffic(443);
    byte[] datagram = whole(UNKNOWN);
    datagram[datagram.length - 1] ^= 1;
    RunOfCapture run = TrapCapture.ethernet().packet(web.fromClient(datagram)).run();
    FlowRecord flow = run.flows().get(0);
    assertEquals("other high", flow.transport() + " " + flow.confidence());
    assertEquals("0xabcd0001", flow.quicVersion());
    assertEquals(Map.of("1", 0L, "2", 0L, "drafts", 0L, "google", 0L, "other", 1L), quicFlows(run));
  }

  @Test
  void googleQuicIsCounted() {
    byte[] datagram = new byte[1200];
    System.arraycopy(
        HexFormat.of().parseHex("0d0102030405060708" + "51303433"), 0, datagram, 0, 13);
    byte[] packet = new QuicTraffic(443).fromClient(datagram);
    RunOfCapture run = TrapCapture.ethernet().packet(packet).run();
    assertEquals("Q043", run.flows().get(0).quicVersion());
    assertEquals(1, quicFlows(run).get("google"));
  }

  private static Map<String, Long> quicFlows(RunOfCapture run) {
    return run.summaries().get(0).whole().quicFlows();
  }
}
