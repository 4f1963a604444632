// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.TcpHeader;
import org.junit.jupiter.api.Test;

/** Why and when flows end, and what their last record says. */
class FlowEndTest {
  private static final Peer CLIENT = Peer.numbered(1, 40_000);
  private static final Peer RESOLVER = Peer.of("192.0.2.53", 53);
  private static final Peer WEB = Peer.of("192.0.2.80", 8080);
  private static final byte[] GARBAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

  private final Shard shard = new Shard();
  private final Journal journal = shard.journal;

  @Test
  void inputEnds() {
    shard.feed(Frames.udp(CLIENT, RESOLVER, SECOND, Questions.query(1, "a.example")));
    shard.finish(0);
    assertEquals(List.of(EndReason.EOF), journal.reasons());
    assertEquals(Transport.DO53_UDP, journal.ends.get(0).transport());
    assertEquals(1, journal.ends.get(0).queries());
    assertEquals(1, journal.unanswered);
  }

  @Test
  void udpFlowIsIdleAfterItsLimit() {
    shard.feed(Frames.udp(CLIENT, RESOLVER, SECOND, Questions.query(1, "a.example")));
    shard.feed(Frames.udp(CLIENT, RESOLVER, 61 * SECOND, Questions.query(2, "a.example")));
    assertEquals(List.of(), journal.reasons());
    shard.feed(Frames.udp(CLIENT, RESOLVER, 121 * SECOND + 1, Questions.query(3, "a.example")));
    assertEquals(List.of(EndReason.IDLE), journal.reasons());
    assertEquals(2, journal.ends.get(0).clientPackets());
    assertEquals(1, shard.engine.openFlows());
  }

  @Test
  void idleFlowEndsWhenAnIntervalClosesThoughNoPacketComes() {
    shard.feed(Frames.udp(CLIENT, RESOLVER, SECOND, Questions.query(1, "a.example")));
    shard.close(0);
    assertEquals(1, shard.engine.openFlows());
    shard.close(1);
    assertEquals(List.of(EndReason.IDLE), journal.reasons());
    assertEquals(0, shard.engine.openFlows());
  }

  @Test
  void bothFinsEndAConnection() {
    Connection connection = new Connection(CLIENT, WEB, SECOND);
    shard.feed(connection.open()).feed(connection.request(GARBAGE)).feed(connection.shut());
    assertEquals(1, shard.engine.openFlows());
    shard.close(0);
    assertEquals(List.of(EndReason.FIN), journal.reasons());
    assertEquals(5, journal.ends.get(0).clientPackets());
    assertEquals(2, journal.ends.get(0).serverPackets());
    assertEquals(1_000_000, journal.ends.get(0).handshakeNanos());
    assertFalse(journal.ends.get(0).oneWay());
    assertFalse(journal.ends.get(0).midstream());
  }

  @Test
  void oneFinDoesNotEndAConnection() {
    Connection connection = new Connection(CLIENT, WEB, SECOND);
    shard.feed(connection.open()).feed(connection.ofClient(TcpHeader.FIN | TcpHeader.ACK));
    shard.close(0).finish(1);
    assertEquals(List.of(EndReason.EOF), journal.reasons());
  }

  @Test
  void resetEndsAConnection() {
    Connection connection = new Connection(CLIENT, WEB, SECOND);
    shard.feed(connection.syn(), connection.ofServer(TcpHeader.RST | TcpHeader.ACK)).close(0);
    assertEquals(List.of(EndReason.RST), journal.reasons());
    assertTrue(Evidence.NO_PAYLOAD.in(journal.ends.get(0).evidence()));
  }

  @Test
  void stragglersBelongToTheClosedConnection() {
    Connection connection = new Connection(CLIENT, WEB, SECOND);
    shard.feed(connection.open()).feed(connection.shut());
    shard.feed(connection.at(5 * SECOND).answer()).finish(0);
    assertEquals(List.of(EndReason.FIN), journal.reasons());
    assertEquals(3, journal.ends.get(0).serverPackets());
  }

  @Test
  void synOnUsedPortsOpensAnotherConnection() {
    Connection first = new Connection(CLIENT, WEB, SECOND);
    Connection second = new Connection(CLIENT, WEB, 3 * SECOND);
    shard.feed(first.open()).feed(first.request(GARBAGE)).feed(first.shut());
    shard.feed(second.open()).feed(second.request(GARBAGE)).feed(second.shut()).finish(0);
    assertEquals(List.of(EndReason.FIN, EndReason.FIN), journal.reasons());
    assertEquals(2, shard.engine.counters().opened());
    assertEquals(5, journal.ends.get(1).clientPackets());
  }

  @Test
  void repeatedSynDoesNot() {
    Connection connection = new Connection(CLIENT, WEB, SECOND);
    Connection again = new Connection(CLIENT, WEB, 2 * SECOND);
    shard.feed(connection.syn()).feed(again.open()).finish(0);
    assertEquals(List.of(EndReason.EOF), journal.reasons());
    assertEquals(3, journal.ends.get(0).clientPackets());
  }

  @Test
  void longFlowIsReportedAndGoesOn() {
    for (int minute = 0; minute <= 40; minute++) {
      byte[] query = Questions.query(minute, "a.example");
      byte[] response = Questions.response(minute, "a.example");
      long time = minute * 50L * SECOND;
      shard.feed(Frames.udp(CLIENT, RESOLVER, time, query));
      shard.feed(Frames.udp(RESOLVER, CLIENT, time + 5, response));
    }
    shard.finish(40);
    assertEquals(List.of(EndReason.ACTIVE, EndReason.EOF), journal.reasons());
    assertEquals(41, journal.ends.get(0).queries() + journal.ends.get(1).queries());
    assertEquals(41, journal.ends.get(0).responses() + journal.ends.get(1).responses());
    assertEquals(41, journal.ends.get(0).clientPackets() + journal.ends.get(1).clientPackets());
    assertEquals(Transport.DO53_UDP, journal.ends.get(1).transport());
    assertEquals(2, journal.counted().size());
    assertEquals(2, shard.engine.counters().opened());
    assertEquals(0, journal.unanswered);
  }

  @Test
  void fullTableEvictsTheFlowSeenLongestAgo() {
    Shard small = new Shard(Shard.settings(4));
    for (int i = 0; i < 6; i++) {
      small.feed(Frames.udp(Peer.numbered(i, 5000 + i), WEB, SECOND + i, GARBAGE));
    }
    assertEquals(4, small.engine.openFlows());
    assertEquals(List.of(EndReason.EVICTED, EndReason.EVICTED), small.journal.reasons());
    assertEquals(5000, small.journal.ends.get(0).clientPort());
    assertEquals(5001, small.journal.ends.get(1).clientPort());
  }

  @Test
  void connectionJoinedMidwayIsMarked() {
    Connection connection = new Connection(CLIENT, WEB, SECOND);
    connection.syn();
    shard.feed(connection.request(GARBAGE), connection.answer(GARBAGE)).finish(0);
    assertTrue(journal.ends.get(0).midstream());
    assertTrue(Evidence.MIDSTREAM.in(journal.ends.get(0).evidence()));
    assertEquals(1, shard.engine.counters().midstream());
  }

  @Test
  void oneDirectionIsMarked() {
    Connection connection = new Connection(CLIENT, WEB, SECOND);
    shard.feed(connection.syn(), connection.request(GARBAGE)).finish(0);
    assertTrue(journal.ends.get(0).oneWay());
    assertFalse(journal.ends.get(0).midstream());
  }

  @Test
  void sequenceNumbersAreNotTakenForMessages() {
    Connection connection = new Connection(CLIENT, WEB, SECOND);
    shard.feed(connection.syn(), connection.synAck());
    for (int i = 1; i < 10; i++) {
      shard.feed(connection.at(i * 250L * SECOND).request(), connection.answer());
    }
    assertEquals(List.of(EndReason.ACTIVE), journal.reasons());
    assertEquals(0, journal.ends.get(0).queries());
    assertEquals(0, journal.ends.get(0).responses());
  }

  @Test
  void firstPayloadAfterALongSilentHandshakeIsRead() {
    Connection connection = new Connection(CLIENT, RESOLVER, SECOND);
    shard.feed(connection.open());
    for (int i = 1; i < 10; i++) {
      shard.feed(connection.at(i * 250L * SECOND).request(), connection.answer());
    }
    byte[] query = Questions.framed(Questions.query(3, "a.example"));
    byte[] response = Questions.framed(Questions.response(3, "a.example"));
    shard.feed(connection.request(query), connection.answer(response)).finish(40);
    assertEquals(List.of(EndReason.ACTIVE, EndReason.EOF), journal.reasons());
    assertEquals(Transport.DO53_TCP, journal.ends.get(1).transport());
    assertEquals(1, journal.ends.get(1).queries());
    assertEquals(1, journal.ends.get(1).responses());
    assertEquals(List.of(-1L, 1_000_000L), journal.latencies);
  }
}
