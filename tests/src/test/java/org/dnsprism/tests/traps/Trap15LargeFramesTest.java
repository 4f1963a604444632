// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trap 15: receive offload joins segments to frames far above any MTU, and a snapshot length cuts
 * frames short, which is not the same as their being malformed.
 */
class Trap15LargeFramesTest {
  private static final int MESSAGES = 1500;
  private static final int ETHERNET = 14;
  private static final int IP_AND_TCP = 40;

  private static final Peer CLIENT = Peer.of("192.0.2.1", 40_000);
  private static final Peer SERVER = Peer.of("198.51.100.53", 53);

  /** Queries of 35 bytes with their lengths, more than 50,000 bytes in all. */
  private static byte[] pipelined() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < MESSAGES; i++) {
      stream.writeBytes(Questions.framed(Questions.query(i, "www.example.com")));
    }
    return stream.toByteArray();
  }

  @Test
  void oneFrameHoldsManyMessages() {
    Conversation tcp = Conversation.with("198.51.100.53", 53);
    byte[] queries = pipelined();
    FlowRecord flow = TrapCapture.ethernet().packets(tcp.open()).packet(tcp.client(queries)).flow();
    assertEquals("do53-tcp certain", flow.transport() + " " + flow.confidence());
    assertEquals(MESSAGES, flow.queries());
  }

  /** Segmentation offload leaves the length of IPv4 at zero when it would not fit. */
  @Test
  void lengthOfZeroMeansTheWholeFrame() {
    Conversation tcp = Conversation.with("198.51.100.53", 53);
    byte[] queries = pipelined();
    byte[] segment = tcp.client(queries);
    ByteBuffer.wrap(segment).putShort(2, (short) 0);
    FlowRecord flow = TrapCapture.ethernet().packet(segment).flow();
    assertEquals(MESSAGES, flow.queries());
    assertEquals(ETHERNET + IP_AND_TCP + queries.length, flow.clientBytes());
  }

  @Test
  void helloIsFoundInAJoinedSegment() {
    Conversation tcp = Conversation.with("203.0.113.9", 443);
    byte[] hello = HelloBuilder.record(22, HelloBuilder.browser("dns.quad9.net", "h2").message());
    byte[] joined = Arrays.copyOf(hello, 60_000);
    FlowRecord flow = TrapCapture.ethernet().packets(tcp.open()).packet(tcp.client(joined)).flow();
    assertEquals("doh dns.quad9.net", flow.transport() + " " + flow.sni());
  }

  /** 64 bytes hold Ethernet, IPv4, UDP and ten bytes of the message. */
  @ParameterizedTest
  @ValueSource(ints = {60, 64, 68})
  void cutMessagesAreCutAndNotMalformed(int snapLength) {
    RunOfCapture run = cut(snapLength);
    WindowRecord whole = run.summaries().get(0).whole();
    assertEquals(2, whole.loss().get("snapped_frames"));
    assertEquals(0, whole.loss().get("undecodable"));
    FlowRecord flow = run.flows().get(0);
    assertEquals("do53-udp medium", flow.transport() + " " + flow.confidence());
    assertEquals(158, flow.clientBytes() + flow.serverBytes());
  }

  /** The name is cut off, and with it what tells DNS from the web: the address is but a hint. */
  @ParameterizedTest
  @CsvSource({"8.8.8.8, doh low", "203.0.113.9, other high"})
  void cutHelloLeavesTheAddress(String server, String verdict) {
    Conversation tcp = Conversation.with(server, 443);
    byte[] hello = new HelloBuilder().alpn("h2").sni("dns.google").message();
    TrapCapture capture = TrapCapture.ethernet();
    tcp.open().forEach(packet -> capture.cut(96, EthernetFrames.of(packet)));
    byte[] segment = tcp.client(HelloBuilder.record(22, hello));
    FlowRecord flow = capture.cut(96, EthernetFrames.of(segment)).flow();
    assertEquals(verdict, flow.transport() + " " + flow.confidence());
  }

  @Test
  void cutHeadersAreCountedApart() {
    WindowRecord whole = cut(40).summaries().get(0).whole();
    assertEquals(2, whole.undecodable().get("snapped"));
    assertEquals(2, whole.loss().get("undecodable"));
    assertEquals(0, whole.undecodable().getOrDefault("malformed", 0L));
  }

  private static RunOfCapture cut(int snapLength) {
    byte[] query = IpPackets.udp(CLIENT, SERVER, Questions.query(7, "example.com"));
    byte[] answer = IpPackets.udp(SERVER, CLIENT, Questions.response(7, "example.com"));
    return TrapCapture.ethernet()
        .cut(snapLength, EthernetFrames.of(query))
        .cut(snapLength, EthernetFrames.of(answer))
        .run();
  }
}
