// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
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

/** Questions and answers made by dnsjava, and HTTPS to what the answers say. */
abstract class AnswerScene {
  static final String LIST =
      """
      kind\tvalue\toperator\tprotocols\tsharing\ttier
      exact\tdns.one.test\tOne\tdoh:443\tdedicated\tcore
      address\t11.0.0.53\tOther\tdoh:443\tdedicated\tcore
      """;
  static final Name NAME = Name.fromConstantString("dns.one.test.");
  static final Name DESIGNATED = Name.fromConstantString("_dns.resolver.arpa.");
  static final String SERVER = "9.8.7.6";
  static final Peer RESOLVER = Peer.of("11.0.0.99", 53);

  final Shard shard = new Shard(Shard.SETTINGS, Shard.endpoints(LIST));

  static Record address(Name name, long ttl, String text) {
    Peer peer = Peer.of(text, 0);
    return peer.bytes().length == 4
        ? new ARecord(name, DClass.IN, ttl, peer.address())
        : new AAAARecord(name, DClass.IN, ttl, peer.address());
  }

  /** A query and its answer; the answer's transaction may be another one. */
  final void ask(int answerId, Peer resolver, Name name, int type, Record... records) {
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

  final void ask(Record... records) {
    int type = records[records.length - 1].getType();
    ask(7, RESOLVER, NAME, type, records);
  }

  final void https(String server, int port, int clientPort, long time, HelloBuilder hello) {
    Peer client =
        server.contains(":") ? Peer.of("2a00::5", clientPort) : Peer.numbered(5, clientPort);
    Connection connection = new Connection(client, Peer.of(server, port), time);
    shard.feed(connection.open());
    shard.feed(connection.request(HelloBuilder.record(22, hello.message())));
    shard.feed(connection.shut());
  }

  static HelloBuilder nameless() {
    return new HelloBuilder().alpn("h2").versions(0x0304);
  }

  final Journal.End end(int clientPort) {
    List<Journal.End> ends =
        shard.journal.ends.stream().filter(e -> e.clientPort() == clientPort).toList();
    assertEquals(1, ends.size());
    return ends.get(0);
  }

  final void assertLearned(String server, Transport wanted, Confidence confidence) {
    https(server, 443, 1001, 2 * SECOND, nameless());
    shard.finish(0);
    assertEquals(wanted, end(1001).transport());
    assertEquals(confidence, end(1001).confidence());
    boolean learned = wanted != Transport.OTHER;
    assertEquals(learned, Evidence.ADDRESS_LEARNED.in(end(1001).evidence()));
  }

  final void assertTaughtNothing(String server) {
    assertLearned(server, Transport.OTHER, Confidence.HIGH);
  }

  static Record designation(String alpn, int port, String target) throws TextParseException {
    SVCBBase.ParameterAlpn protocols = new SVCBBase.ParameterAlpn();
    protocols.fromString(alpn);
    SVCBBase.ParameterPort at = new SVCBBase.ParameterPort(port);
    SVCBBase.ParameterUnknown path = new SVCBBase.ParameterUnknown(7, "/q{?dns}".getBytes(UTF_8));
    Name name = Name.fromConstantString(target);
    return new SVCBRecord(DESIGNATED, DClass.IN, 300, 1, name, List.of(protocols, at, path));
  }

  final void designate(String resolver, Record... records) {
    ask(7, Peer.of(resolver, 53), DESIGNATED, Type.SVCB, records);
  }
}
