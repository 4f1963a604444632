// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.learned.LearnedNews;
import org.dnsprism.classifier.learned.LearnedTable;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;

/** A forwarded DoH request in the clear tells what nameless HTTPS to the proxy is. */
class LearningTest {
  private static final Peer PROXY = Peer.of("192.0.2.1", 443);
  private static final String FORWARDED = "X-Forwarded-Proto: https\r\n";

  private final Shard shard = new Shard();
  private LearnedTable known = LearnedTable.empty(Shard.noEndpoints());

  private static void https(Shard to, Peer server, int port, long time, HelloBuilder hello) {
    Connection connection = new Connection(Peer.numbered(1, port), server, time);
    to.feed(connection.open());
    to.feed(connection.request(HelloBuilder.record(22, hello.message())));
    to.feed(connection.shut());
  }

  private static HelloBuilder nameless() {
    return new HelloBuilder().alpn("h2", "http/1.1").versions(0x0304);
  }

  private static void backend(Shard to, long time, String headers) {
    Peer proxy = Peer.numbered(9, 50_000);
    Connection connection = new Connection(proxy, Peer.numbered(10, 8053), time);
    String request =
        "POST /dns-query HTTP/1.1\r\n"
            + headers
            + "Content-Type: application/dns-message\r\nContent-Length: 0\r\n\r\n";
    to.feed(connection.open());
    to.feed(connection.request(request.getBytes(StandardCharsets.US_ASCII)));
    to.feed(connection.shut());
  }

  /** What all shards learned is told to all of them, then the interval closes. */
  private void close(int interval, Shard... shards) {
    List<LearnedNews> seen = new ArrayList<>();
    for (Shard each : shards) {
      seen.add(each.engine.takeLearned());
    }
    long now = (interval + 1) * 60L * SECOND;
    known = known.with(LearnedNews.of(seen), now);
    for (Shard each : shards) {
      each.engine.learn(known);
      each.engine.closeInterval(interval, now);
    }
  }

  private static List<Journal.End> onPort(Shard shard, int clientPort) {
    return shard.journal.ends.stream().filter(e -> e.clientPort() == clientPort).toList();
  }

  private static void assertVerdict(Transport transport, Shard shard, int clientPort) {
    List<Journal.End> ends = onPort(shard, clientPort);
    assertEquals(1, ends.size());
    assertEquals(transport, ends.get(0).transport());
    boolean doh = transport == Transport.DOH;
    assertTrue(!doh || Evidence.ADDRESS_LEARNED.in(ends.get(0).evidence()));
    assertTrue(!doh || ends.get(0).confidence() == Confidence.MEDIUM);
  }

  @Test
  void flowsBeforeAndAfterTheRequestAreDoh() {
    https(shard, PROXY, 1001, SECOND, nameless());
    backend(shard, 2 * SECOND, "Host: 192.0.2.1\r\n" + FORWARDED);
    https(shard, PROXY, 1002, 3 * SECOND, nameless());
    close(0, shard);
    https(shard, PROXY, 1003, 61 * SECOND, nameless());
    close(1, shard);
    for (int port = 1001; port <= 1003; port++) {
      assertVerdict(Transport.DOH, shard, port);
    }
    assertEquals(4, shard.journal.counted().size());
    assertEquals(Transport.DOH_PLAIN, onPort(shard, 50_000).get(0).transport());
  }

  @Test
  void otherShardsLearnToo() {
    Shard other = new Shard();
    https(other, PROXY, 1001, SECOND, nameless());
    backend(shard, 2 * SECOND, FORWARDED + "Host: 192.0.2.1:443\r\n");
    close(0, shard, other);
    assertVerdict(Transport.DOH, other, 1001);
  }

  @Test
  void flowThatEndedStaysUntilTheIntervalClosesThoughOthersCome() {
    https(shard, PROXY, 1001, SECOND, nameless());
    for (int i = 0; i < 200; i++) {
      shard.feed(Frames.udp(Peer.numbered(i, 6000), Peer.numbered(0, 7000), (10 + i / 5) * SECOND));
    }
    assertEquals(List.of(), onPort(shard, 1001));
    backend(shard, 55 * SECOND, "Host: 192.0.2.1\r\n" + FORWARDED);
    close(0, shard);
    assertVerdict(Transport.DOH, shard, 1001);
    assertEquals(List.of(0), counted(1001));
  }

  private List<Integer> counted(int clientPort) {
    return shard.journal.activities.stream()
        .filter(a -> a.clientPort() == clientPort && a.newlyCounted())
        .map(Journal.Activity::interval)
        .toList();
  }

  @Test
  void longFlowIsDohFromTheIntervalOfTheRequestOn() {
    Connection connection = new Connection(Peer.numbered(1, 1001), PROXY, SECOND);
    shard.feed(connection.open());
    shard.feed(connection.request(HelloBuilder.record(22, nameless().message())));
    close(0, shard);
    backend(shard, 61 * SECOND, "Host: 192.0.2.1\r\n" + FORWARDED);
    shard.feed(connection.at(62 * SECOND).answer());
    close(1, shard);
    assertEquals(List.of(1), counted(1001));
    shard.finish(2);
    assertVerdict(Transport.DOH, shard, 1001);
  }

  @Test
  void requestWithoutForwardingHeaderTeachesNothing() {
    https(shard, PROXY, 1001, SECOND, nameless());
    backend(shard, 2 * SECOND, "Host: 192.0.2.1\r\n");
    backend(shard, 9 * SECOND, "Host: 192.0.2.1\r\nX-Forwarded-Proto: http\r\n");
    close(0, shard);
    assertVerdict(Transport.OTHER, shard, 1001);
  }

  @Test
  void hostNameTeachesNothing() {
    https(shard, PROXY, 1001, SECOND, nameless());
    backend(shard, 2 * SECOND, "Host: dns.example\r\n" + FORWARDED);
    close(0, shard);
    assertVerdict(Transport.OTHER, shard, 1001);
  }

  @Test
  void otherPortAddressOrNamedFlowsAreNotDoh() {
    backend(shard, SECOND, "Host: 192.0.2.1\r\n" + FORWARDED);
    close(0, shard);
    https(shard, Peer.of("192.0.2.1", 8443), 1001, 61 * SECOND, nameless());
    https(shard, Peer.of("192.0.2.2", 443), 1002, 61 * SECOND, nameless());
    https(shard, PROXY, 1003, 61 * SECOND, nameless().sni("shop.example"));
    https(shard, PROXY, 1004, 61 * SECOND, new HelloBuilder().alpn("imap"));
    close(1, shard);
    for (int port = 1001; port <= 1004; port++) {
      assertVerdict(Transport.OTHER, shard, port);
    }
  }
}
