// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.Test;

/**
 * Trap 17: a mirror that copies what comes in and what goes out shows each packet twice. In a file
 * they are kept unless asked for: packets, and messages over UDP, count twice, but verdicts, flows
 * and messages over TCP do not suffer. Live, and with {@code --duplicates drop}, they are left out.
 */
class Trap17MirrorCopiesTest {
  private static List<byte[]> twice(List<byte[]> packets) {
    List<byte[]> all = new ArrayList<>();
    for (byte[] packet : packets) {
      all.add(packet);
      byte[] routed = packet.clone();
      routed[8]--; // hop count
      routed[11]++; // checksum, RFC 1624
      all.add(routed);
    }
    return all;
  }

  private static List<byte[]> dnsOverTcp() {
    Conversation tcp = Conversation.with("198.51.100.53", 53);
    List<byte[]> packets = new ArrayList<>(tcp.open());
    packets.add(tcp.client(Questions.framed(Questions.query(7, "www.example.com"))));
    packets.add(tcp.server(Questions.framed(Questions.response(7, "www.example.com"))));
    packets.addAll(tcp.close());
    return packets;
  }

  @Test
  void messagesOverTcpCountOnce() {
    List<byte[]> once = dnsOverTcp();
    FlowRecord flow = TrapCapture.ethernet().packets(twice(once)).flow();
    assertEquals("do53-tcp certain", flow.transport() + " " + flow.confidence());
    assertEquals("1 1", flow.queries() + " " + flow.responses());
    assertEquals(2L * once.size(), flow.clientPackets() + flow.serverPackets());
  }

  @Test
  void encryptedFlowsAreRecognisedAllTheSame() {
    Conversation tcp = Conversation.with("198.51.100.53", 853);
    List<byte[]> packets = new ArrayList<>(tcp.open());
    byte[] hello = new HelloBuilder().versions(0x0304).alpn("dot").message();
    packets.addAll(tcp.clientCut(HelloBuilder.record(22, hello), 9, 60));
    FlowRecord flow = TrapCapture.ethernet().packets(twice(packets)).flow();
    assertEquals("dot certain", flow.transport() + " " + flow.confidence());
  }

  @Test
  void copiesOverUdpAreCountedAndNotHidden() {
    Peer client = Peer.of("192.0.2.1", 40_000);
    Peer server = Peer.of("198.51.100.53", 53);
    byte[] query = IpPackets.udp(client, server, Questions.query(7, "www.example.com"));
    byte[] answer = IpPackets.udp(server, client, Questions.response(7, "www.example.com"));
    RunOfCapture run = TrapCapture.ethernet().packets(twice(List.of(query, answer))).run();
    FlowRecord flow = run.flows().get(0);
    assertEquals("do53-udp certain", flow.transport() + " " + flow.confidence());
    assertEquals("2 2", flow.queries() + " " + flow.responses());
    assertEquals(0, run.summaries().get(0).whole().duplicates());
  }

  @Test
  void copiesAreLeftOutAndCounted() {
    Peer client = Peer.of("2001:db8::1", 40_000);
    Peer server = Peer.of("2001:db8::53", 53);
    byte[] query = IpPackets.udp(client, server, Questions.query(7, "www.example.com"));
    byte[] answer = IpPackets.udp(server, client, Questions.response(7, "www.example.com"));
    TrapCapture capture = TrapCapture.ethernet().dropDuplicates();
    for (byte[] packet : List.of(query, answer)) {
      byte[] routed = packet.clone();
      routed[7]--; // hop limit
      byte[] tagged = EthernetFrames.of(packet);
      capture.packet(packet).after(-999_000).packet(routed).after(-999_000).frame(tagged);
    }
    RunOfCapture run = capture.run();
    FlowRecord flow = run.flows().get(0);
    assertEquals("1 1", flow.queries() + " " + flow.responses());
    assertEquals("1 1", flow.clientPackets() + " " + flow.serverPackets());
    WindowRecord whole = run.summaries().get(0).whole();
    assertEquals(6, whole.frames());
    assertEquals(2, whole.dnsFrames());
    assertEquals(4, whole.duplicates());
  }

  @Test
  void repeatedQueriesAreNoCopies() {
    Peer client = Peer.of("192.0.2.1", 40_000);
    Peer server = Peer.of("198.51.100.53", 53);
    byte[] query = IpPackets.udp(client, server, Questions.query(7, "www.example.com"));
    TrapCapture capture = TrapCapture.ethernet().dropDuplicates();
    capture.packet(query).after(10_000_000).packet(query);
    RunOfCapture run = capture.run();
    assertEquals(2, run.flows().get(0).queries());
    assertEquals(0, run.summaries().get(0).whole().duplicates());
  }
}
