// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Packet;
import org.junit.jupiter.api.Test;

/** Flows of encrypted DNS are watched until they end, others let go as before. */
class FlowWatchTest {
  private static final Peer CLIENT = Peer.of("10.0.0.1", 40_000);
  private static final int QUERIES = 5;

  private final Shard shard = new Shard();

  @Test
  void queriesOverTlsAreToldAsTheyCome() {
    Connection connection = tls(853, "dot");
    shard.feed(connection.request(HelloBuilder.record(23, new byte[69]))); // Finished
    askInRecords(connection, Shard.SECOND);
    askInRecords(connection, 70 * Shard.SECOND);
    shard.feed(connection.shut());
    Journal journal = shard.finish(1);
    assertEquals(Transport.DOT, journal.ends.get(0).transport());
    assertEquals(QUERIES, estimated(journal, 0));
    assertEquals(QUERIES, estimated(journal, 1));
    assertEquals(2 * QUERIES, journal.ends.get(0).queries());
  }

  @Test
  void otherTlsIsLetGo() {
    Connection connection = tls(443, "h2");
    askInRecords(connection, Shard.SECOND);
    Journal journal = shard.finish(0);
    assertEquals(Transport.OTHER, journal.ends.get(0).transport());
    assertTrue(journal.estimates.isEmpty());
  }

  @Test
  void queriesOverQuicAreToldAsTheyCome() {
    Peer server = Peer.of("192.0.2.1", 853);
    shard.feed(Frames.udp(CLIENT, server, 0, longHeader()));
    shard.feed(Frames.udp(server, CLIENT, 1, longHeader()));
    for (int i = 0; i < QUERIES; i++) {
      shard.feed(Frames.udp(CLIENT, server, Shard.SECOND, shortHeader(80)));
      shard.feed(Frames.udp(server, CLIENT, Shard.SECOND, shortHeader(120)));
    }
    Journal journal = shard.finish(0);
    assertEquals(Transport.DOQ, journal.ends.get(0).transport());
    assertEquals(QUERIES, estimated(journal, 0));
  }

  @Test
  void flowsBeyondTheBoundAreCounted() {
    Shard small = new Shard();
    int bound = Shard.SETTINGS.maxWatched();
    for (int i = 0; i < bound + 3; i++) {
      Connection connection = new Connection(Peer.numbered(i, 5000), Peer.of("192.0.2.1", 853), 0);
      small.feed(connection.open()).feed(connection.request(hello("dot")));
      small.feed(connection.answer(HelloBuilder.record(23, new byte[40])));
    }
    assertEquals(3, small.engine.counters().unestimated());
    assertEquals(0, small.engine.counters().uninspected());
  }

  private static int estimated(Journal journal, int interval) {
    return journal.estimates.stream()
        .filter(estimate -> estimate.interval() == interval)
        .mapToInt(Journal.Estimate::queries)
        .sum();
  }

  /** A connection whose server begins to answer in encrypted records: both hellos are over. */
  private Connection tls(int port, String alpn) {
    Connection connection = new Connection(CLIENT, Peer.of("192.0.2.1", port), 0);
    shard.feed(connection.open()).feed(connection.request(hello(alpn)));
    shard.feed(connection.answer(HelloBuilder.record(23, new byte[40])));
    return connection;
  }

  private static byte[] hello(String alpn) {
    return HelloBuilder.record(22, HelloBuilder.browser("dns.example", alpn).message());
  }

  private void askInRecords(Connection connection, long timeNanos) {
    connection.at(timeNanos);
    for (int i = 0; i < QUERIES; i++) {
      Packet query = connection.request(HelloBuilder.record(23, new byte[66 + i]));
      shard.feed(query, connection.answer(HelloBuilder.record(23, new byte[100])));
    }
  }

  /** A Handshake packet of QUIC version 1 with identifiers of eight bytes. */
  private static byte[] longHeader() {
    byte[] packet = new byte[24 + 40];
    Unpooled.wrappedBuffer(packet)
        .setByte(0, 0xe0)
        .setInt(1, 1)
        .setByte(5, 8)
        .setByte(14, 8)
        .setShort(23, 0x4000 | 39);
    return packet;
  }

  private static byte[] shortHeader(int length) {
    byte[] packet = new byte[9 + length];
    packet[0] = 0x40;
    return packet;
  }
}
