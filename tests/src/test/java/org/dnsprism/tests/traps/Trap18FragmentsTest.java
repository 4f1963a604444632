// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Trap 18: large answers over UDP come in fragments, of which only the first has ports. */
class Trap18FragmentsTest {
  private static final int SIZE = 1480;

  private static Peer client(String family) {
    return family.equals("IPv4") ? Peer.of("192.0.2.1", 40_000) : Peer.of("2001:db8::1", 40_000);
  }

  private static Peer server(String family) {
    return family.equals("IPv4") ? Peer.of("198.51.100.53", 53) : Peer.of("2001:db8::53", 53);
  }

  /** An answer of about 4,000 bytes: sixteen texts of 240. */
  private static byte[] largeAnswer(int id) {
    Name name = Name.fromConstantString("large.example.com.");
    Message message = Message.newQuery(Record.newRecord(name, Type.TXT, DClass.IN));
    message.getHeader().setID(id);
    message.getHeader().setFlag(Flags.QR);
    for (int i = 0; i < 16; i++) {
      String text = ("text " + i + " ").repeat(40).substring(0, 240);
      message.addRecord(new TXTRecord(name, DClass.IN, 60, text), Section.ANSWER);
    }
    return message.toWire();
  }

  private static List<byte[]> answer(String family) {
    byte[] packet = IpPackets.udp(server(family), client(family), largeAnswer(7));
    return IpPackets.fragments(packet, 4711, SIZE);
  }

  private static void assertAnswered(List<byte[]> packets) {
    FlowRecord flow = TrapCapture.ethernet().packets(packets).flow();
    assertEquals("do53-udp certain", flow.transport() + " " + flow.confidence());
    assertEquals(1, flow.responses());
  }

  @ParameterizedTest
  @ValueSource(strings = {"IPv4", "IPv6"})
  void anyOrderMakesTheAnswerWhole(String family) {
    List<byte[]> fragments = new ArrayList<>(answer(family));
    assertEquals(3, fragments.size());
    for (int round = 0; round < 6; round++) {
      Collections.shuffle(fragments, new Random(round));
      assertAnswered(fragments);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"IPv4", "IPv6"})
  void repeatedFragmentsDoNoHarm(String family) {
    List<byte[]> fragments = answer(family);
    byte[] first = fragments.get(0);
    assertAnswered(List.of(first, first, fragments.get(2), fragments.get(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"IPv4", "IPv6"})
  void missingFirstFragmentIsCounted(String family) {
    RunOfCapture run = TrapCapture.ethernet().packets(answer(family).subList(1, 3)).run();
    assertEquals(0, run.flows().size());
    assertEquals(2, whole(run).loss().get("fragments"));
    assertEquals(2, whole(run).otherFrames());
  }

  /** As RFC 5722 demands of IPv6, and as is wise for IPv4. */
  @ParameterizedTest
  @ValueSource(strings = {"IPv4", "IPv6"})
  void overlappingFragmentsAreDroppedAndCounted(String family) {
    byte[] packet = IpPackets.udp(server(family), client(family), largeAnswer(7));
    byte[] other = new byte[SIZE];
    Arrays.fill(other, (byte) 0xee);
    List<byte[]> fragments = new ArrayList<>(IpPackets.fragments(packet, 9, SIZE));
    fragments.add(1, IpPackets.fragment(packet, 9, SIZE - 8, other, true));
    RunOfCapture run = TrapCapture.ethernet().packets(fragments).run();
    assertEquals(0, run.flows().stream().filter(flow -> flow.responses() != null).count());
    assertTrue(whole(run).undecodable().containsKey("bad_fragment"));
  }

  @Test
  void atomicFragmentIsAWholePacket() {
    byte[] query =
        IpPackets.udp(client("IPv6"), server("IPv6"), Questions.query(7, "www.example.com"));
    assertEquals(1, IpPackets.fragments(query, 5, SIZE).size());
    FlowRecord flow = TrapCapture.ethernet().packets(IpPackets.fragments(query, 5, SIZE)).flow();
    assertEquals(1, flow.queries());
  }

  /** Hosts that send beginnings and never an end fill a table that has a bound. */
  @Test
  void floodOfFirstFragmentsLeavesOthersAlone() {
    TrapCapture capture = TrapCapture.ethernet();
    byte[] part = Arrays.copyOf(largeAnswer(1), 64);
    Peer server = server("IPv4");
    for (int i = 0; i < 20_000; i++) {
      byte[] packet = IpPackets.ip(Peer.numbered(i, 0), server, Packet.UDP, part);
      capture.after(-990_000).packet(IpPackets.fragment(packet, i, 0, part, true));
    }
    RunOfCapture run = capture.packets(answer("IPv4")).run();
    assertEquals(1, run.flows().stream().filter(flow -> flow.responses() != null).count());
    assertEquals(20_000, whole(run).loss().get("fragments"));
  }

  private static WindowRecord whole(RunOfCapture run) {
    return run.summaries().get(0).whole();
  }
}
