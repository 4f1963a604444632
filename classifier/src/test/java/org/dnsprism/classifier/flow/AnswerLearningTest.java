// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.dnsprism.classifier.learned.Refusal;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.SVCBRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Answers made by dnsjava, and then HTTPS without a name to what they say. */
class AnswerLearningTest {
  private static final String LIST =
      """
      kind\tvalue\toperator\tprotocols\tsharing\ttier
      exact\tdns.one.test\tOne\tdoh:443\tdedicated\tcore
      address\t11.0.0.53\tOther\tdoh:443\tdedicated\tcore
      """;
  private static final Name NAME = Name.fromConstantString("dns.one.test.");
  private static final Name DESIGNATED = Name.fromConstantString("_dns.resolver.arpa.");
  private static final String SERVER = "9.8.7.6";
  private static final Peer RESOLVER = Peer.of("11.0.0.99", 53);

  private final Shard shard = new Shard(Shard.SETTINGS, Shard.endpoints(LIST));

  private static Record address(Name name, long ttl, String text) {
    Peer peer = Peer.of(text, 0);
    return peer.bytes().length == 4
        ? new ARecord(name, DClass.IN, ttl, peer.address())
        : new AAAARecord(name, DClass.IN, ttl, peer.address());
  }

  /** A query and its answer; the answer's transaction may be another one. */
  private void ask(int answerId, Peer resolver, Name name, int type, Record... records) {
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    query.getHeader().setID(7);
    Message answer = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    answer.getHeader().setID(answerId);
    answer.getHeader().setFlag(Flags.QR);
    for (Record each : records) {
      answer.addRecord(each, Section.ANSWER);
    }
    Peer client = Peer.numbered(3, 40_000);
    shard.feed(Frames.udp(client, resolver, SECOND, query.toWire()));
    shard.feed(Frames.udp(resolver, client, SECOND + 1_000_000, answer.toWire()));
  }

  private void ask(Record... records) {
    int type = records[records.length - 1].getType();
    ask(7, RESOLVER, NAME, type, records);
  }

  private void https(String server, int port, int clientPort, long time, HelloBuilder hello) {
    Peer client =
        server.contains(":") ? Peer.of("2a00::5", clientPort) : Peer.numbered(5, clientPort);
    Connection connection = new Connection(client, Peer.of(server, port), time);
    shard.feed(connection.open());
    shard.feed(connection.request(HelloBuilder.record(22, hello.message())));
    shard.feed(connection.shut());
  }

  private static HelloBuilder nameless() {
    return new HelloBuilder().alpn("h2").versions(0x0304);
  }

  private Journal.End end(int clientPort) {
    List<Journal.End> ends =
        shard.journal.ends.stream().filter(e -> e.clientPort() == clientPort).toList();
    assertEquals(1, ends.size());
    return ends.get(0);
  }

  private void assertLearned(String server, Transport wanted, Confidence confidence) {
    https(server, 443, 1001, 2 * SECOND, nameless());
    shard.finish(0);
    assertEquals(wanted, end(1001).transport());
    assertEquals(confidence, end(1001).confidence());
    boolean learned = wanted != Transport.OTHER;
    assertEquals(learned, Evidence.ADDRESS_LEARNED.in(end(1001).evidence()));
  }

  private void assertTaughtNothing(String server) {
    assertLearned(server, Transport.OTHER, Confidence.HIGH);
  }

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

  private static Record designation(String alpn, int port, String target)
      throws TextParseException {
    SVCBBase.ParameterAlpn protocols = new SVCBBase.ParameterAlpn();
    protocols.fromString(alpn);
    SVCBBase.ParameterPort at = new SVCBBase.ParameterPort(port);
    SVCBBase.ParameterUnknown path = new SVCBBase.ParameterUnknown(7, "/q{?dns}".getBytes(UTF_8));
    Name name = Name.fromConstantString(target);
    return new SVCBRecord(DESIGNATED, DClass.IN, 300, 1, name, List.of(protocols, at, path));
  }

  private void designate(String resolver, Record... records) {
    ask(7, Peer.of(resolver, 53), DESIGNATED, Type.SVCB, records);
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
