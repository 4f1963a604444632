// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;

/** The time of the flow, not the clock, tells whether what the list says had run out. */
class ListAgeTest {
  private static final long DAY = 86_400 * SECOND;

  private static final String LIST =
      """
      # stale_after: 1970-03-01
      kind\tvalue\toperator\tvalid_until
      exact\truns.test\tA
      exact\tended.test\tA\t1970-01-10
      address\t192.0.2.1\tA
      """;

  private final Shard shard = new Shard(Shard.SETTINGS, Shard.endpoints(LIST));

  private Journal.End https(int port, long time, HelloBuilder hello) {
    Connection connection = new Connection(Peer.numbered(1, port), Peer.of("192.0.2.1", 443), time);
    shard.feed(connection.open());
    shard.feed(connection.request(HelloBuilder.record(22, hello.message())));
    shard.feed(connection.shut());
    shard.finish((int) (time / (60 * SECOND)));
    return shard.journal.ends.get(shard.journal.ends.size() - 1);
  }

  private static HelloBuilder hello() {
    return new HelloBuilder().alpn("h2", "http/1.1").versions(0x0304);
  }

  private static void assertVerdict(Confidence confidence, boolean stale, Journal.End flow) {
    assertEquals(Transport.DOH, flow.transport());
    assertEquals(confidence, flow.confidence());
    assertEquals(stale, Evidence.LIST_STALE.in(flow.evidence()));
  }

  @Test
  void listedNameIsWeakerWhenTheListIsOld() {
    assertVerdict(Confidence.HIGH, false, https(1001, 50 * DAY, hello().sni("runs.test")));
    assertVerdict(Confidence.MEDIUM, true, https(1002, 60 * DAY, hello().sni("runs.test")));
  }

  @Test
  void nameOfAServiceThatHadEndedIsWeaker() {
    assertVerdict(Confidence.HIGH, false, https(1001, 9 * DAY, hello().sni("ended.test")));
    assertVerdict(Confidence.MEDIUM, true, https(1002, 10 * DAY, hello().sni("ended.test")));
  }

  @Test
  void addressAloneIsWeakerToo() {
    assertVerdict(Confidence.MEDIUM, false, https(1001, 50 * DAY, hello()));
    assertVerdict(Confidence.LOW, true, https(1002, 60 * DAY, hello()));
  }
}
