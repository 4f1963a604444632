// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.UNKRecord;

/** Queries of DNSCrypt that nobody answers, known by the certificate that others fetched. */
class DnsCryptMagicTest {
  private static final Peer SERVER = Peer.of("198.51.100.20", 4434);
  private static final Name PROVIDER = Name.fromConstantString("2.dnscrypt-cert.example.org.");
  private static final long MAGIC = 0x7131_a4c9_0d5e_ff02L;
  private static final int DAY = 86_400;

  private final Shard shard = new Shard();
  private final Random random = new Random(104);

  /** As specified: "DNSC", system 1, signature, resolver key, magic, serial, from, until. */
  private byte[] certificate(int until) {
    byte[] noise = new byte[64 + 32];
    random.nextBytes(noise);
    ByteBuffer bytes = ByteBuffer.allocate(1 + 124).put((byte) 124).put("DNSC".getBytes(ASCII));
    bytes.putShort((short) 1).putShort((short) 0).put(noise).putLong(MAGIC);
    return bytes.putInt(1).putInt(0).putInt(until).array();
  }

  private static final Charset ASCII = StandardCharsets.US_ASCII;

  private Message question() {
    return Message.newQuery(Record.newRecord(PROVIDER, Type.TXT, DClass.IN));
  }

  private void fetch(Peer client, Peer server, long time, int until) {
    Message question = question();
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(question.getQuestion(), Section.QUESTION);
    answer.addRecord(
        Record.newRecord(
            PROVIDER, Type.TXT, DClass.IN, 600, certificate(until).length, certificate(until)),
        Section.ANSWER);
    assertFalse(answer.getSection(Section.ANSWER).get(0) instanceof UNKRecord);
    shard.feed(
        Frames.udp(client, server, time, question.toWire()),
        Frames.udp(server, client, time + 1000, answer.toWire()));
  }

  private byte[] query(int blocks) {
    byte[] bytes = new byte[68 + 64 * blocks];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes).putLong(MAGIC).array();
  }

  private Journal.End of(int clientPort) {
    List<Journal.End> ends =
        shard.journal.ends.stream().filter(end -> end.clientPort() == clientPort).toList();
    assertEquals(1, ends.size());
    return ends.get(0);
  }

  private void assertQueries(int count, int clientPort) {
    Journal.End end = of(clientPort);
    assertEquals(Transport.DNSCRYPT, end.transport());
    assertEquals(Confidence.HIGH, end.confidence());
    assertTrue(Evidence.DNSCRYPT_MAGIC.in(end.evidence()));
    assertEquals(count, end.queries());
    assertEquals(0, end.responses());
  }

  @Test
  void unansweredQueriesBeforeAndAfterTheCertificateAreKnown() {
    for (int i = 0; i < 12; i++) {
      shard.feed(Frames.udp(Peer.numbered(1, 41001), SERVER, (1 + i) * SECOND, query(4)));
    }
    fetch(Peer.numbered(2, 41002), SERVER, 20 * SECOND, DAY);
    shard.close(0);
    shard.feed(Frames.udp(Peer.numbered(3, 41003), SERVER, 61 * SECOND, query(8)));
    shard.feed(Frames.udp(Peer.numbered(1, 41001), SERVER, 62 * SECOND, query(4)));
    shard.finish(1);
    assertQueries(13, 41001);
    assertQueries(1, 41003);
    assertEquals(Transport.DO53_UDP, of(41002).transport());
    assertEquals(List.of(0, 1), counted(41001, 41003));
  }

  private List<Integer> counted(int... ports) {
    return IntStream.of(ports)
        .mapToObj(
            port ->
                shard.journal.activities.stream()
                    .filter(a -> a.clientPort() == port && a.newlyCounted())
                    .map(Journal.Activity::interval)
                    .toList())
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void queriesOnTheFlowThatFetchedTheCertificateAreKnown() {
    Peer client = Peer.numbered(1, 41001);
    fetch(client, SERVER, SECOND, DAY);
    shard.feed(Frames.udp(client, SERVER, 2 * SECOND, query(4)));
    shard.feed(Frames.udp(client, SERVER, 3 * SECOND, query(4)));
    shard.finish(0);
    Journal.End end = of(41001);
    assertEquals(Transport.DNSCRYPT, end.transport());
    assertEquals(1 + 2, end.queries());
  }

  @Test
  void queriesOverTcpAreKnown() {
    Connection connection = new Connection(Peer.numbered(1, 41001), SERVER, SECOND);
    shard.feed(connection.open());
    shard.feed(connection.request(Questions.framed(query(1))));
    shard.feed(connection.request(Questions.framed(query(2))));
    shard.feed(connection.shut());
    fetch(Peer.numbered(2, 41002), SERVER, 20 * SECOND, DAY);
    shard.finish(0);
    assertQueries(2, 41001);
  }

  @Test
  void otherServersPortsBytesAndLengthsAreNotMeant() {
    fetch(Peer.numbered(9, 41009), SERVER, SECOND, DAY);
    byte[] wrong = query(4);
    wrong[7]++;
    byte[] odd = HexFormat.of().parseHex(HexFormat.of().formatHex(query(4)) + "00");
    shard.feed(
        Frames.udp(Peer.numbered(1, 41001), Peer.of("198.51.100.21", 4434), SECOND, query(4)),
        Frames.udp(Peer.numbered(1, 41002), Peer.of("198.51.100.20", 4435), SECOND, query(4)),
        Frames.udp(Peer.numbered(1, 41003), SERVER, SECOND, wrong),
        Frames.udp(Peer.numbered(1, 41004), SERVER, SECOND, odd));
    shard.close(0);
    shard.finish(1);
    for (int port = 41001; port <= 41004; port++) {
      assertEquals(Transport.OTHER, of(port).transport(), "from " + port);
      assertEquals(0, of(port).queries());
    }
  }

  @Test
  void certificateThatRanOutTeachesNothing() {
    fetch(Peer.numbered(2, 41002), SERVER, 20 * SECOND, 10);
    shard.feed(Frames.udp(Peer.numbered(1, 41001), SERVER, 21 * SECOND, query(4)));
    shard.finish(0);
    assertEquals(Transport.OTHER, of(41001).transport());
  }

  /** An answer makes it certain, and all queries before it count. */
  @Test
  void queriesBeforeTheFirstAnswerAreCountedWithIt() {
    Peer client = Peer.numbered(1, 41001);
    byte[] answer = new byte[304];
    System.arraycopy("r6fnvWj8".getBytes(ASCII), 0, answer, 0, 8);
    shard.feed(
        Frames.udp(client, SERVER, SECOND, query(4)),
        Frames.udp(client, SERVER, 2 * SECOND, query(4)),
        Frames.udp(client, SERVER, 3 * SECOND, query(4)),
        Frames.udp(SERVER, client, 4 * SECOND, answer));
    shard.finish(0);
    assertEquals(Confidence.CERTAIN, of(41001).confidence());
    assertEquals(3, of(41001).queries());
    assertEquals(1, of(41001).responses());
  }
}
