// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.learned.LearnedNews;
import org.dnsprism.classifier.learned.LearnedTable;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.wire.Packet;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Flows come, are read and go without any allocation once the pools are filled. */
class FlowAllocationTest {
  private static final int ROUNDS = 2_000;
  private static final String LEARNED = "9.8.7.6";

  private final List<Packet> packets = new ArrayList<>();
  private long ended;

  /** Counts, and keeps nothing. */
  private final FlowListener listener =
      new FlowListener() {
        @Override
        public void onActivity(FlowView flow, int interval) {}

        @Override
        public void onMessage(FlowView flow, DnsMessage message, int interval, long latency) {}

        @Override
        public void onOpaqueMessage(FlowView flow, boolean response, int interval) {}

        @Override
        public void onEstimate(FlowView flow, int queries, int low, int high, int interval) {}

        @Override
        public void onRetry(FlowView flow, int interval) {}

        @Override
        public void onUnanswered(FlowView flow, int count, int interval) {}

        @Override
        public void onEnd(FlowView flow, EndReason reason, int interval) {
          ended++;
        }
      };

  /** The names in the answers are listed, so that each answer is read for what it teaches. */
  private final EndpointList endpoints =
      Shard.endpoints(
          """
          kind\tvalue\toperator\tprotocols\tsharing\ttier
          exact\tdns.one.test\tOne\tdoh:443,dot:853\tdedicated\tcore
          """);

  private final FlowEngine engine = new FlowEngine(Shard.settings(16), endpoints, listener, 1);

  @Test
  void steadyStateAllocatesNothing() {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 8; i++) {
      addUdp(Peer.numbered(i, 3000 + i), Peer.of("192.0.2.53", 53));
      addDnsOverTcp(Peer.numbered(i, 4000 + i), Peer.of("192.0.2.53", 53));
      HelloBuilder browser = HelloBuilder.browser("dns.example", "h2");
      addTls(Peer.numbered(i, 5000 + i), Peer.of("192.0.2.1", 443), browser);
      addDnsOverTls(Peer.numbered(i, 6000 + i), Peer.of("192.0.2.2", 853));
      addDnsOverQuic(Peer.numbered(i, 7000 + i), Peer.of("192.0.2.2", 853));
      addAnswer(Peer.numbered(i, 9000 + i), Peer.of("192.0.2.53", 53));
      addTls(Peer.numbered(i, 8000 + i), Peer.of(LEARNED, 443), new HelloBuilder().alpn("h2"));
    }
    run();
    LearnedNews news = engine.takeLearned();
    assertEquals(2, news.endpoints().size(), "DoH and DoT of one address");
    engine.learn(LearnedTable.empty(endpoints).with(news, 0));
    run();
    long endedBefore = ended;
    long before = bean.getCurrentThreadAllocatedBytes();
    run();
    long allocated = bean.getCurrentThreadAllocatedBytes() - before;
    assertEquals(endedBefore + 56 * ROUNDS, ended);
    // A late compilation may leave a few bytes: less than one for every second flow.
    assertTrue(allocated < 12 * ROUNDS, () -> allocated + " bytes");
  }

  /** There are more flows than entries: each round evicts or restarts all of them. */
  private void run() {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < packets.size(); i++) {
        Packet packet = packets.get(i);
        boolean forward = FlowKey.forward(packet);
        long hash = engine.hash(packet, forward);
        engine.accept(packet, forward, hash, engine.find(packet, forward, hash), round);
      }
      engine.closeInterval(round, 0);
    }
  }

  private void addUdp(Peer client, Peer server) {
    packets.add(Frames.udp(client, server, 0, Questions.query(1, "a.example")));
    packets.add(Frames.udp(server, client, 0, Questions.response(1, "a.example")));
  }

  /** An alias and the address that it leads to. */
  private void addAnswer(Peer client, Peer server) {
    Name name = Name.fromConstantString("dns.one.test.");
    Name alias = Name.fromConstantString("a.one.test.");
    Message message = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
    packets.add(Frames.udp(client, server, 0, message.toWire()));
    message.getHeader().setFlag(Flags.QR);
    message.addRecord(new CNAMERecord(name, DClass.IN, 300, alias), Section.ANSWER);
    InetAddress address = Peer.of(LEARNED, 0).address();
    message.addRecord(new ARecord(alias, DClass.IN, 300, address), Section.ANSWER);
    packets.add(Frames.udp(server, client, 0, message.toWire()));
  }

  private void addDnsOverTcp(Peer client, Peer server) {
    Connection connection = new Connection(client, server, 0);
    packets.addAll(List.of(connection.open()));
    packets.add(connection.request(Questions.framed(Questions.query(1, "a.example"))));
    packets.add(connection.answer(Questions.framed(Questions.response(1, "a.example"))));
    packets.addAll(List.of(connection.shut()));
  }

  private void addDnsOverTls(Peer client, Peer server) {
    Connection connection = new Connection(client, server, 0);
    byte[] hello = HelloBuilder.record(22, HelloBuilder.browser("dns.example", "dot").message());
    packets.addAll(List.of(connection.open()));
    packets.add(connection.request(hello));
    packets.add(connection.answer(HelloBuilder.record(23, new byte[200])));
    for (int i = 0; i < 4; i++) {
      packets.add(connection.request(HelloBuilder.record(23, new byte[66])));
      packets.add(connection.answer(HelloBuilder.record(23, new byte[150])));
    }
    packets.addAll(List.of(connection.shut()));
  }

  /** Long headers of version 1 both ways, then queries and responses. */
  private void addDnsOverQuic(Peer client, Peer server) {
    byte[] handshake = new byte[64];
    handshake[0] = (byte) 0xe0;
    handshake[4] = 1;
    handshake[5] = 8;
    handshake[14] = 8;
    handshake[23] = 0x40;
    handshake[24] = 39;
    packets.add(Frames.udp(client, server, 0, handshake));
    packets.add(Frames.udp(server, client, 0, handshake));
    for (int i = 0; i < 4; i++) {
      packets.add(Frames.udp(client, server, 0, shortHeader(80)));
      packets.add(Frames.udp(server, client, 0, shortHeader(120)));
    }
  }

  private static byte[] shortHeader(int length) {
    byte[] packet = new byte[9 + length];
    packet[0] = 0x40;
    return packet;
  }

  private void addTls(Peer client, Peer server, HelloBuilder builder) {
    Connection connection = new Connection(client, server, 0);
    byte[] hello = HelloBuilder.record(22, builder.message());
    packets.addAll(List.of(connection.open()));
    packets.add(connection.request(hello));
    packets.addAll(List.of(connection.shut()));
  }
}
