// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.TcpHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is reported is what was fed: no packet is lost, counted twice or put in another interval.
 */
class FlowSumsTest {
  private static final Peer CLIENT = Peer.numbered(1, 40_000);
  private static final Peer RESOLVER = Peer.of("192.0.2.53", 53);
  private static final int PACKETS = 8_000;
  private static final int[] FLAGS = {
    TcpHeader.SYN,
    TcpHeader.SYN | TcpHeader.ACK,
    TcpHeader.ACK,
    TcpHeader.ACK,
    TcpHeader.ACK,
    TcpHeader.FIN | TcpHeader.ACK,
    TcpHeader.RST
  };

  /** Packets and bytes. */
  private static final class Sum {
    private long packets;
    private long bytes;

    void add(long morePackets, long moreBytes) {
      packets += morePackets;
      bytes += moreBytes;
    }

    @Override
    public String toString() {
      return packets + "/" + bytes;
    }
  }

  private final Map<Integer, Sum> fed = new TreeMap<>();
  private Random random = new Random();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void reportsAddUpToThePacketsOfEachInterval(int seed) {
    random = new Random(seed);
    Shard shard = new Shard(Shard.settings(20 + 20 * seed));
    long now = SECOND;
    int closed = -1;
    for (int i = 0; i < PACKETS; i++) {
      now += (long) (random.nextDouble() * SECOND * (random.nextInt(500) == 0 ? 400 : 1));
      int interval = (int) (now / (60 * SECOND));
      for (; closed < interval - 2; closed++) {
        shard.close(closed + 1);
      }
      int late = Math.max(closed + 1, interval - (random.nextInt(4) == 0 ? 1 : 0));
      Packet packet = any(now);
      fed.computeIfAbsent(late, k -> new Sum()).add(1, packet.wireLength());
      shard.feed(packet, late);
    }
    Journal journal = shard.finish((int) (now / (60 * SECOND)));
    assertEquals(fed.toString(), byInterval(journal).toString());
    assertLaws(shard, journal);
  }

  private Packet any(long now) {
    Peer a = Peer.numbered(random.nextInt(40), 5000 + random.nextInt(5));
    Peer b = Peer.of("192.0.2." + random.nextInt(3), List.of(53, 443, 8080).get(random.nextInt(3)));
    boolean there = random.nextBoolean();
    byte[] payload = payload(there);
    Peer from = there ? a : b;
    Peer to = there ? b : a;
    return random.nextBoolean()
        ? Frames.udp(from, to, now, payload)
        : Frames.tcp(
            from,
            to,
            now,
            FLAGS[random.nextInt(FLAGS.length)],
            random.nextInt(2000),
            random.nextInt(2000),
            payload);
  }

  private byte[] payload(boolean query) {
    int id = random.nextInt(4);
    return switch (random.nextInt(4)) {
      case 0 -> new byte[0];
      case 1 -> query ? Questions.query(id, "a.example") : Questions.response(id, "a.example");
      case 2 -> Questions.framed(Questions.query(id, "a.example"));
      default -> {
        byte[] noise = new byte[random.nextInt(100)];
        random.nextBytes(noise);
        yield noise;
      }
    };
  }

  private static Map<Integer, Sum> byInterval(Journal journal) {
    Map<Integer, Sum> sums = new TreeMap<>();
    for (Journal.Activity activity : journal.activities) {
      if (activity.packets() > 0) {
        sums.computeIfAbsent(activity.interval(), k -> new Sum())
            .add(activity.packets(), activity.bytes());
      }
    }
    return sums;
  }

  private static void assertLaws(Shard shard, Journal journal) {
    FlowCounters counters = shard.engine.counters();
    assertEquals(0, shard.engine.openFlows());
    assertEquals(counters.opened(), counters.closed());
    assertEquals(journal.ends.size(), counters.closed());
    assertEquals(journal.ends.size(), journal.counted().size());
    for (EndReason reason : EndReason.values()) {
      long ended = journal.reasons().stream().filter(r -> r == reason).count();
      assertEquals(ended, counters.closed(reason));
    }
    assertTrue(counters.closed(EndReason.EVICTED) > 0);
    assertTrue(counters.closed(EndReason.IDLE) > 0);
    long bytes = journal.ends.stream().mapToLong(e -> e.clientBytes() + e.serverBytes()).sum();
    assertEquals(journal.activities.stream().mapToLong(Journal.Activity::bytes).sum(), bytes);
    long queries = journal.ends.stream().mapToLong(Journal.End::queries).sum();
    long responses = journal.ends.stream().mapToLong(Journal.End::responses).sum();
    assertEquals(journal.latencies.size(), queries + responses);
    long answered = journal.latencies.stream().filter(l -> l >= 0).count();
    assertEquals(queries, answered + journal.unanswered);
  }

  @Test
  void flowIsCountedInTheIntervalOfItsVerdictAndOnce() {
    Shard shard = new Shard();
    Connection connection = new Connection(CLIENT, RESOLVER, 59 * SECOND);
    shard.feed(connection.open()).close(0);
    assertEquals(List.of(), shard.journal.counted());
    connection.at(61 * SECOND);
    shard.feed(connection.request(Questions.framed(Questions.query(1, "a.example"))));
    shard.feed(connection.answer(Questions.framed(Questions.response(1, "a.example")))).close(1);
    assertEquals(List.of(1), shard.journal.counted());
    shard.feed(connection.at(121 * SECOND).shut()).close(2).finish(3);
    assertEquals(List.of(1), shard.journal.counted());
    assertEquals(Transport.DO53_TCP, shard.journal.ends.get(0).transport());
  }

  @Test
  void flowWithoutVerdictIsCountedWhenItEnds() {
    Shard shard = new Shard();
    shard.feed(new Connection(CLIENT, RESOLVER, SECOND).open()).close(0).close(1);
    assertEquals(List.of(), shard.journal.counted());
    shard.finish(2);
    assertEquals(List.of(2), shard.journal.counted());
  }

  @Test
  void latePacketsStayInTheirInterval() {
    Shard shard = new Shard();
    int[] intervals = {7, 6, 7, 6, 6};
    for (int interval : intervals) {
      shard.feed(Frames.udp(CLIENT, RESOLVER, 420 * SECOND, (byte) 1), interval);
    }
    shard.close(6).close(7);
    Map<Integer, Long> packets = new HashMap<>();
    shard.journal.activities.forEach(a -> packets.merge(a.interval(), a.packets(), Long::sum));
    assertEquals(Map.of(6, 3L, 7, 2L), packets);
  }

  @Test
  void intervalsMayPassTheWidthOfTheirTag() {
    Shard shard = new Shard();
    int[] intervals = {65_534, 65_535, 65_536, 65_535, 65_537};
    for (int interval : intervals) {
      shard.feed(Frames.udp(CLIENT, RESOLVER, SECOND, (byte) 1), interval);
    }
    shard.finish(65_537);
    List<Integer> reported =
        shard.journal.activities.stream().map(Journal.Activity::interval).toList();
    assertEquals(Arrays.stream(intervals).boxed().toList(), reported);
  }

  @Test
  void hugeFramesDoNotOverflowTheCounters() {
    Shard shard = new Shard();
    Packet packet = Frames.udp(CLIENT, RESOLVER, Integer.MAX_VALUE, SECOND, (byte) 1);
    for (int i = 0; i < 7; i++) {
      shard.feed(packet);
    }
    Journal journal = shard.finish(0);
    assertEquals(7L * Integer.MAX_VALUE, journal.ends.get(0).clientBytes());
    long reported = journal.activities.stream().mapToLong(Journal.Activity::bytes).sum();
    assertEquals(7L * Integer.MAX_VALUE, reported);
    assertEquals(0, journal.ends.get(0).serverBytes());
  }

  @Test
  void moreThanSixteenMillionPacketsInAnInterval() {
    Shard shard = new Shard();
    Packet packet = Frames.udp(CLIENT, RESOLVER, SECOND);
    int many = (1 << 24) + 5;
    for (int i = 0; i < many; i++) {
      shard.feed(packet, 0);
    }
    assertEquals(many, shard.finish(0).ends.get(0).clientPackets());
    assertEquals(0, shard.journal.ends.get(0).serverPackets());
  }
}
