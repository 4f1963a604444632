// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.wire.Packet;
import org.junit.jupiter.api.Test;

/** Flows come, are read and go without any allocation once the pools are filled. */
class FlowAllocationTest {
  private static final int ROUNDS = 2_000;

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

  private final FlowEngine engine =
      new FlowEngine(Shard.settings(16), Shard.noEndpoints(), listener, 1);

  @Test
  void steadyStateAllocatesNothing() {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 8; i++) {
      addUdp(Peer.numbered(i, 3000 + i), Peer.of("192.0.2.53", 53));
      addDnsOverTcp(Peer.numbered(i, 4000 + i), Peer.of("192.0.2.53", 53));
      addTls(Peer.numbered(i, 5000 + i), Peer.of("192.0.2.1", 443));
      addDnsOverTls(Peer.numbered(i, 6000 + i), Peer.of("192.0.2.2", 853));
      addDnsOverQuic(Peer.numbered(i, 7000 + i), Peer.of("192.0.2.2", 853));
    }
    run();
    long endedBefore = ended;
    long before = bean.getCurrentThreadAllocatedBytes();
    run();
    long allocated = bean.getCurrentThreadAllocatedBytes() - before;
    assertEquals(endedBefore + 40 * ROUNDS, ended);
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

  private void addTls(Peer client, Peer server) {
    Connection connection = new Connection(client, server, 0);
    byte[] hello = HelloBuilder.record(22, HelloBuilder.browser("dns.example", "h2").message());
    packets.addAll(List.of(connection.open()));
    packets.add(connection.request(hello));
    packets.addAll(List.of(connection.shut()));
  }
}
