// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.dnsprism.classifier.learned.Refusal;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Answers made by dnsjava, and then HTTPS without a name to what they say. */
class AnswerLearningTest extends AnswerScene {
  @Test
  void addressOfListedNameIsLearned() {
    ask(address(NAME, 300, SERVER));
    assertLearned(SERVER, Transport.DOH, Confidence.MEDIUM);
  }

  @Test
  void ipv6AddressIsLearned() {
    ask(address(NAME, 300, "2a00:1::1"));
    assertLearned("2a00:1::1", Transport.DOH, Confidence.MEDIUM);
  }

  @Test
  void aliasesOfTheSameSiteAreFollowed() {
    Name first = Name.fromConstantString("a.one.test.");
    Name second = Name.fromConstantString("b.one.test.");
    ask(
        new CNAMERecord(NAME, DClass.IN, 300, first),
        new CNAMERecord(first, DClass.IN, 300, second),
        address(second, 300, SERVER));
    assertLearned(SERVER, Transport.DOH, Confidence.MEDIUM);
  }

  @Test
  void aliasToAnotherSiteIsWeak() {
    Name network = Name.fromConstantString("edge.network.test.");
    ask(new CNAMERecord(NAME, DClass.IN, 300, network), address(network, 300, SERVER));
    assertLearned(SERVER, Transport.DOH, Confidence.LOW);
  }

  @Test
  void recordThatNobodyAskedForTeachesNothing() {
    ask(address(NAME, 300, "9.8.7.5"), address(Name.fromConstantString("x.test."), 300, SERVER));
    assertTaughtNothing(SERVER);
    assertEquals(1, shard.engine.refused(Refusal.OUT_OF_BAILIWICK));
  }

  @Test
  void otherTransactionTeachesNothing() {
    ask(8, RESOLVER, NAME, Type.A, address(NAME, 300, SERVER));
    assertTaughtNothing(SERVER);
  }

  @Test
  void otherPortTeachesNothing() {
    ask(7, Peer.of("11.0.0.99", 5300), NAME, Type.A, address(NAME, 300, SERVER));
    assertTaughtNothing(SERVER);
  }

  @Test
  void unlistedNameTeachesNothing() {
    Name name = Name.fromConstantString("shop.test.");
    ask(7, RESOLVER, name, Type.A, address(name, 300, SERVER));
    assertTaughtNothing(SERVER);
  }

  @Test
  void privateAddressTeachesNothing() {
    ask(address(NAME, 300, "192.168.3.4"));
    assertTaughtNothing("192.168.3.4");
    assertEquals(1, shard.engine.refused(Refusal.SPECIAL_ADDRESS));
  }

  @Test
  void addressOfAnotherOperatorTeachesNothing() {
    ask(address(NAME, 300, "11.0.0.53"));
    assertEquals(1, shard.engine.refused(Refusal.OTHER_OPERATOR));
    assertEquals(0, shard.engine.takeLearned().endpoints().size());
  }

  @Test
  void tooManyAddressesTeachNothing() {
    Record[] many = new Record[17];
    for (int i = 0; i < many.length; i++) {
      many[i] = address(NAME, 300, "9.8.7." + i);
    }
    ask(many);
    assertTaughtNothing(SERVER);
    assertEquals(1, shard.engine.refused(Refusal.TOO_MANY));
  }

  @Test
  void lifeIsBoundedFromBelowAndAbove() {
    ask(address(NAME, 0, SERVER), address(NAME, Integer.MAX_VALUE, "9.8.7.5"));
    List<Long> seconds =
        shard.engine.takeLearned().endpoints().stream()
            .map(e -> (e.expiryNanos() - e.timeNanos()) / SECOND)
            .sorted()
            .toList();
    assertEquals(List.of(60L, 86_400L), seconds);
  }

  @Test
  void nameOfAnotherSiteGoesFirst() {
    ask(address(NAME, 300, SERVER));
    https(SERVER, 443, 1002, 2 * SECOND, nameless().sni("shop.test"));
    shard.finish(0);
    assertEquals(Transport.OTHER, end(1002).transport());
  }

  @Test
  void resolverThatDesignatesItselfTeachesDohAndDot() throws TextParseException {
    designate(
        "10.9.9.9",
        designation("h2", 443, "dns.home.test."),
        designation("dot", 8530, "dns.home.test."));
    https("10.9.9.9", 443, 1001, 2 * SECOND, nameless().sni("dns.home.test"));
    https("10.9.9.9", 8530, 1002, 3 * SECOND, new HelloBuilder().sni("dns.home.test"));
    https("10.9.9.9", 443, 1003, 4 * SECOND, nameless().sni("www.home.test"));
    shard.finish(0);
    assertEquals(Transport.DOH, end(1001).transport());
    assertEquals(Transport.DOT, end(1002).transport());
    assertEquals(Transport.OTHER, end(1003).transport());
  }

  @Test
  void webTrafficWithANameDoesNotWait() {
    Connection web = new Connection(Peer.numbered(5, 1001), Peer.of(SERVER, 443), SECOND);
    shard.feed(web.open());
    byte[] hello = nameless().sni("shop.test").message();
    shard.feed(web.request(HelloBuilder.record(22, hello)));
    shard.feed(web.at(40 * SECOND).shut());
    for (int i = 0; i < 200; i++) {
      shard.feed(
          Frames.udp(Peer.numbered(i, 6000), Peer.numbered(0, 7000), (50 + i / 50) * SECOND));
    }
    assertEquals(Transport.OTHER, end(1001).transport());
  }
}
