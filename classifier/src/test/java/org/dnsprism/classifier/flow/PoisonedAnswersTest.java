// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet4Address;
import java.util.List;
import org.dnsprism.classifier.learned.LearnedEndpoint;
import org.dnsprism.classifier.learned.Refusal;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

/** What somebody could say to have an address taken for a resolver, or a resolver for another. */
class PoisonedAnswersTest extends AnswerScene {
  private static final Peer LISTED_RESOLVER = Peer.of("11.0.0.53", 53);

  private List<LearnedEndpoint> learned() {
    return shard.engine.takeLearned().endpoints();
  }

  /** Of each block of the IANA registries that is not globally reachable (RFC 6890), one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.31.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.251",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fd00::1",
        "fe80::1",
        "ff02::fb",
        "2001:db8::1",
        "2002:a00:1::1",
        "64:ff9b::10.0.0.1",
        "100::1"
      })
  void privateAndReservedAddressesTeachNothing(String address) {
    ask(address(NAME, 300, address));
    assertEquals(List.of(), learned());
    assertEquals(1, shard.engine.refused(Refusal.SPECIAL_ADDRESS));
  }

  @Test
  void answerThatNobodyAskedForTeachesNothing() {
    Message answer = Message.newQuery(Record.newRecord(NAME, Type.A, DClass.IN));
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(address(NAME, 300, SERVER), Section.ANSWER);
    shard.feed(Frames.udp(RESOLVER, Peer.numbered(3, 40_000), SECOND, answer.toWire()));
    assertTaughtNothing(SERVER);
  }

  @Test
  void answerFromAnotherServerThanTheOneAskedTeachesNothing() {
    Message query = Message.newQuery(Record.newRecord(NAME, Type.A, DClass.IN));
    Peer client = Peer.numbered(3, 40_000);
    shard.feed(Frames.udp(client, RESOLVER, SECOND, query.toWire()));
    query.getHeader().setFlag(Flags.QR);
    query.addRecord(address(NAME, 300, SERVER), Section.ANSWER);
    shard.feed(Frames.udp(Peer.of("11.0.0.98", 53), client, SECOND + 1, query.toWire()));
    assertTaughtNothing(SERVER);
  }

  /** The race of a forged answer and the real one: the later of the two says nothing. */
  @Test
  void secondAnswerToAQuestionTeachesNothing() {
    ask(address(NAME, 300, "9.8.7.5"));
    Message late = Message.newQuery(Record.newRecord(NAME, Type.A, DClass.IN));
    late.getHeader().setID(7);
    late.getHeader().setFlag(Flags.QR);
    late.addRecord(address(NAME, 300, SERVER), Section.ANSWER);
    shard.feed(Frames.udp(RESOLVER, Peer.numbered(3, 40_000), 2 * SECOND, late.toWire()));
    assertTaughtNothing(SERVER);
  }

  @Test
  void foreignOwnerNameTeachesNothing() {
    ask(7, RESOLVER, NAME, Type.A, address(Name.fromConstantString("evil.test."), 300, SERVER));
    assertTaughtNothing(SERVER);
    assertEquals(1, shard.engine.refused(Refusal.OUT_OF_BAILIWICK));
  }

  /** Behind an alias the address has to be of the name that the alias leads to. */
  @Test
  void addressBesideAnAliasTeachesNothing() {
    Name alias = Name.fromConstantString("a.one.test.");
    ask(new CNAMERecord(NAME, DClass.IN, 300, alias), address(NAME, 300, SERVER));
    assertTaughtNothing(SERVER);
    assertEquals(1, shard.engine.refused(Refusal.OUT_OF_BAILIWICK));
  }

  @Test
  void aliasesInACircleTeachNothing() {
    Name other = Name.fromConstantString("a.one.test.");
    ask(
        new CNAMERecord(NAME, DClass.IN, 300, other),
        new CNAMERecord(other, DClass.IN, 300, NAME),
        address(NAME, 300, SERVER));
    assertTaughtNothing(SERVER);
    assertEquals(1, shard.engine.refused(Refusal.TOO_MANY));
  }

  /** An unlisted name may well point to a listed one by an alias: its owner knows no more of it. */
  @Test
  void aliasFromAnUnlistedNameTeachesNothing() {
    Name shop = Name.fromConstantString("shop.test.");
    ask(
        7,
        RESOLVER,
        shop,
        Type.A,
        new CNAMERecord(shop, DClass.IN, 300, NAME),
        address(NAME, 300, SERVER));
    assertTaughtNothing(SERVER);
  }

  @Test
  void listedAddressKeepsItsIdentity() {
    ask(address(NAME, 300, "11.0.0.53"));
    https("11.0.0.53", 443, 1001, 2 * SECOND, nameless());
    shard.finish(0);
    assertEquals(Transport.DOH, end(1001).transport());
    assertTrue(Evidence.ADDRESS_LISTED.in(end(1001).evidence()));
    assertFalse(Evidence.ADDRESS_LEARNED.in(end(1001).evidence()));
  }

  private static Record binding(String owner, String target, String... hints) throws Exception {
    SVCBBase.ParameterAlpn alpn = new SVCBBase.ParameterAlpn();
    alpn.fromString("dot");
    SVCBBase.ParameterPort port = new SVCBBase.ParameterPort(8530);
    List<Inet4Address> addresses =
        List.of(hints).stream().map(hint -> (Inet4Address) Peer.of(hint, 0).address()).toList();
    return new SVCBRecord(
        Name.fromConstantString(owner),
        DClass.IN,
        300,
        1,
        Name.fromConstantString(target),
        List.of(alpn, port, new SVCBBase.ParameterIpv4Hint(addresses)));
  }

  private void bind(Peer resolver, String owner, String target, String hint) throws Exception {
    Name name = Name.fromConstantString(owner);
    ask(7, resolver, name, Type.SVCB, binding(owner, target, hint));
  }

  private Transport dotTo(String server, String name) {
    https(server, 8530, 1001, 2 * SECOND, new HelloBuilder().sni(name));
    shard.finish(0);
    return end(1001).transport();
  }

  @Test
  void bindingOfAnUnlistedNameCountsFromAListedResolverOnly() throws Exception {
    bind(RESOLVER, "_dns.home.test.", "dns.home.test.", SERVER);
    assertEquals(1, shard.engine.refused(Refusal.UNLISTED_RESOLVER));
    assertEquals(List.of(), learned());
    bind(LISTED_RESOLVER, "_dns.home.test.", "dns.home.test.", SERVER);
    assertEquals(Transport.DOT, dotTo(SERVER, "dns.home.test"));
    assertEquals(Confidence.LOW, end(1001).confidence());
  }

  @Test
  void bindingSpeaksForNoOtherName() throws Exception {
    bind(LISTED_RESOLVER, "_dns.home.test.", "www.shop.test.", SERVER);
    assertEquals(1, shard.engine.refused(Refusal.OUT_OF_BAILIWICK));
    bind(LISTED_RESOLVER, "_dns.home.test.", "dns.home.test.", SERVER);
    assertEquals(Transport.OTHER, dotTo(SERVER, "www.shop.test"));
  }

  @Test
  void bindingDoesNotTakeTheAddressOfAListedServer() throws Exception {
    bind(LISTED_RESOLVER, "_dns.home.test.", "dns.home.test.", "11.0.0.53");
    assertEquals(1, shard.engine.refused(Refusal.OTHER_OPERATOR));
    assertEquals(List.of(), learned());
  }

  /** RFC 9462, section 4.3: a private resolver designates its own address or nothing. */
  @Test
  void privateResolverDesignatesNoOtherServer() throws Exception {
    ask(
        7,
        Peer.of("10.9.9.9", 53),
        DESIGNATED,
        Type.SVCB,
        binding("_dns.resolver.arpa.", "dns.one.test.", SERVER));
    assertEquals(List.of(), learned());
    assertEquals(1, shard.engine.refused(Refusal.SPECIAL_ADDRESS));
  }

  @Test
  void designationOfAnotherServerIsWeakAndSaysNothingOfNamedTraffic() throws TextParseException {
    designate("11.0.0.99", designation("h2", 443, "www.shop.test."));
    https("11.0.0.99", 443, 1001, 2 * SECOND, nameless().sni("www.other.test"));
    shard.finish(0);
    assertEquals(Transport.OTHER, end(1001).transport());
  }

  /** 16 addresses in each of 70 answers: 1,120 statements, of which a shard notes 1,024. */
  @Test
  void floodOfAnswersIsBoundedAndCounted() {
    for (int i = 0; i < 70; i++) {
      Record[] records = new Record[16];
      for (int j = 0; j < records.length; j++) {
        records[j] = address(NAME, 300, "9.8." + i + "." + j);
      }
      ask(records);
    }
    assertEquals(1024, learned().size());
    assertEquals(70 * 16 - 1024, shard.engine.refused(Refusal.INTERVAL_FULL));
  }

  /** Known for 60 s, two intervals; a flow that began before is judged by what held then. */
  @Test
  void afterItsLifeAnAnswerSaysNothingOfNewFlows() {
    ask(address(NAME, 60, SERVER));
    https(SERVER, 443, 1001, 50 * SECOND, nameless());
    https(SERVER, 443, 1002, 70 * SECOND, nameless());
    shard.close(0);
    shard.close(1);
    shard.finish(2);
    assertEquals(Transport.DOH, end(1001).transport());
    assertEquals(Transport.OTHER, end(1002).transport());
  }

  @Test
  void connectionKeepsWhatHeldWhenItBegan() {
    ask(address(NAME, 60, SERVER));
    Connection connection =
        new Connection(Peer.numbered(5, 1001), Peer.of(SERVER, 443), 10 * SECOND);
    shard.feed(connection.open());
    shard.feed(connection.request(HelloBuilder.record(22, nameless().message())));
    shard.close(0);
    shard.feed(connection.at(200 * SECOND).answer(HelloBuilder.record(23, new byte[300])));
    shard.close(1);
    shard.close(2);
    shard.feed(connection.at(250 * SECOND).shut());
    shard.close(3);
    shard.finish(4);
    assertEquals(Transport.DOH, end(1001).transport());
    assertTrue(Evidence.ADDRESS_LEARNED.in(end(1001).evidence()));
  }
}
