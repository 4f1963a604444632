// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Packet;
import org.junit.jupiter.api.Test;

/** Estimates of flows of which a part was not captured: the band holds what was. */
class FlowEstimateTest {
  private static final Peer CLIENT = Peer.of("10.0.0.1", 40_000);
  private static final Peer SERVER = Peer.of("192.0.2.1", 853);
  private static final int QUERIES = 30;
  private static final int FINISHED = 69;

  private final Connection connection = new Connection(CLIENT, SERVER, 0);

  @Test
  void aConnectionJoinedMidstream() {
    Journal journal = end(exchanges());
    assertTrue(journal.ends.get(0).midstream());
    assertEquals(QUERIES, journal.ends.get(0).queries());
    assertBand(journal, QUERIES, QUERIES);
  }

  @Test
  void theClientsSideAlone() {
    List<Packet> packets = whole();
    packets.removeIf(packet -> packet.sourcePort() == 853);
    assertBand(end(packets), QUERIES, QUERIES);
  }

  @Test
  void segmentsOfTheClientAreMissing() {
    List<Packet> packets = whole();
    int from = packets.size() / 2;
    packets.subList(from, packets.size() - 10).removeIf(packet -> packet.sourcePort() != 853);
    assertBand(end(packets), 1, QUERIES);
  }

  @Test
  void segmentsOfBothSidesAreMissing() {
    List<Packet> packets = whole();
    int from = packets.size() / 2;
    packets.subList(from, from + 10).clear();
    assertBand(end(packets), 1, QUERIES - 5);
  }

  private List<Packet> whole() {
    List<Packet> packets = new ArrayList<>(List.of(connection.open()));
    byte[] hello = HelloBuilder.browser("dns.example", "dot").message();
    packets.add(connection.request(HelloBuilder.record(22, hello)));
    packets.add(connection.answer(HelloBuilder.record(23, new byte[900])));
    packets.add(connection.request(HelloBuilder.record(23, new byte[FINISHED])));
    packets.addAll(exchanges());
    return packets;
  }

  private List<Packet> exchanges() {
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < QUERIES; i++) {
      packets.add(connection.request(HelloBuilder.record(23, new byte[70 + i % 11])));
      packets.add(connection.answer(HelloBuilder.record(23, new byte[100 + 7 * (i % 13)])));
    }
    return packets;
  }

  private static Journal end(List<Packet> packets) {
    Shard shard = new Shard();
    packets.forEach(shard::feed);
    Journal journal = shard.finish(0);
    assertEquals(Transport.DOT, journal.ends.get(0).transport());
    return journal;
  }

  /** The band holds a number, and its low bound is no lower than another. */
  private static void assertBand(Journal journal, int atLeast, int queries) {
    int low = journal.estimates.stream().mapToInt(Journal.Estimate::low).sum();
    int high = journal.estimates.stream().mapToInt(Journal.Estimate::high).sum();
    assertTrue(low >= atLeast && low <= queries && high >= queries, low + " to " + high);
  }
}
