// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.record.WindowRecord.TransportSums;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What windows say of messages that dnsjava made, over UDP and TCP alike. */
class MessageKindsTest {
  private static final Peer CLIENT = Peer.of("192.0.2.1", 40_000);
  private static final Peer SERVER = Peer.of("198.51.100.53", 53);
  private static final Name ZONE = Name.fromConstantString("example.org.");

  private final Map<String, Long> expected = new TreeMap<>();
  private final TrapCapture capture = TrapCapture.ethernet();
  private final Conversation connection = Conversation.with("198.51.100.53", 53);

  private static Message about(int opcode, int type) {
    Message message = Message.newQuery(Record.newRecord(ZONE, type, DClass.IN));
    message.getHeader().setOpcode(opcode);
    return message;
  }

  private static Message withEdns(int flags, EDNSOption... options) {
    Message message = about(Opcode.QUERY, Type.A);
    message.addRecord(new OPTRecord(1232, 0, 0, flags, options), Section.ADDITIONAL);
    return message;
  }

  /** Sends a message over UDP and TCP, each of which is to count as these kinds. */
  private void send(Message message, String... kinds) {
    capture
        .packet(IpPackets.udp(CLIENT, SERVER, message.toWire()))
        .packet(connection.client(Questions.framed(message.toWire())));
    if (!message.getHeader().getFlag(Flags.QR)) {
      for (String kind : kinds) {
        expected.merge(kind, 2L, Long::sum);
      }
    }
  }

  private WindowRecord sent() {
    capture.packets(connection.open());
    send(about(Opcode.QUERY, Type.A), "query");
    send(about(Opcode.NOTIFY, Type.SOA), "notify");
    send(about(Opcode.UPDATE, Type.SOA), "update");
    send(about(Opcode.STATUS, Type.A), "status");
    send(about(Opcode.QUERY, Type.AXFR), "query", "axfr");
    send(about(Opcode.QUERY, Type.IXFR), "query", "ixfr");
    send(withEdns(0), "query", "edns");
    send(withEdns(Flags.CD), "query", "edns");
    send(withEdns(0x8000), "query", "edns", "do_bit");
    send(
        withEdns(0, new ClientSubnetOption(24, Peer.of("203.0.113.0", 0).address())),
        "query",
        "edns",
        "ecs");
    send(withEdns(0, new CookieOption(new byte[8])), "query", "edns", "cookie");
    send(withEdns(0x8000, new GenericEDNSOption(12, new byte[31])), "query", "edns", "do_bit");
    expected.merge("padding", 2L, Long::sum);
    Message two = about(Opcode.QUERY, Type.A);
    two.addRecord(Record.newRecord(ZONE, Type.AAAA, DClass.IN), Section.QUESTION);
    send(two, "query", "many_questions");
    Message none = withEdns(0, new CookieOption(new byte[8]));
    none.removeAllRecords(Section.QUESTION);
    send(none, "query", "edns", "cookie", "no_question");
    Message answer = withEdns(0x8000, new CookieOption(new byte[8], new byte[8]));
    answer.getHeader().setFlag(Flags.QR);
    send(answer);
    RunOfCapture run = capture.packets(connection.close()).run();
    for (String kind : new String[] {"edns", "do_bit", "ecs", "cookie", "padding"}) {
      assertEquals(expected.get(kind), run.stats().stream().mapToLong(s -> of(s, kind)).sum());
    }
    return run.windows().get(0);
  }

  private static long of(StatsRecord cell, String kind) {
    Long value =
        switch (kind) {
          case "edns" -> cell.edns();
          case "do_bit" -> cell.doBit();
          case "ecs" -> cell.ecs();
          case "cookie" -> cell.cookie();
          default -> cell.padding();
        };
    return value == null ? 0 : value;
  }

  @Test
  void everyKindOfQueryIsCounted() {
    WindowRecord window = sent();
    Map<String, Long> found = new TreeMap<>(window.dnsMessages());
    found.values().removeIf(count -> count == 0);
    assertEquals(expected, found);
    assertEquals(28, sums(window, "do53-udp").queries() + sums(window, "do53-tcp").queries());
    long byOpcode =
        Stream.of("query", "iquery", "status", "notify", "update", "dso")
            .mapToLong(opcode -> found.getOrDefault(opcode, 0L))
            .sum();
    assertEquals(28, byOpcode);
  }

  private static TransportSums sums(WindowRecord window, String transport) {
    return Objects.requireNonNull(window.transports().get(transport));
  }

  /** Stateful operations have no entries but TLV behind the header (RFC 8490, section 5.4). */
  @Test
  void statefulOperationsAreCounted() {
    byte[] keepAlive = new byte[12 + 4 + 8];
    keepAlive[1] = 7; // identifier
    keepAlive[2] = 6 << 3; // opcode DSO
    keepAlive[13] = 1; // TLV of type Keepalive
    keepAlive[15] = 8; // two times of four octets
    WindowRecord window =
        TrapCapture.ethernet()
            .packets(connection.open())
            .packet(connection.client(Questions.framed(Questions.query(1, "www.example"))))
            .packet(connection.client(Questions.framed(keepAlive)))
            .packets(connection.close())
            .run()
            .windows()
            .get(0);
    assertEquals(1, window.dnsMessages().get("dso"));
    assertEquals(1, window.dnsMessages().get("query"));
    assertEquals(1, window.dnsMessages().get("no_question"), "it asks nothing");
  }

  /** Broken messages among whole ones: one that begins well, and one that does not. */
  @Test
  void malformedMessagesAreCounted() {
    byte[] loop = Questions.query(8, "www.example");
    loop[12] = (byte) 0xc0; // a pointer to itself in place of the name
    loop[13] = 12;
    byte[] noise = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    WindowRecord window =
        TrapCapture.ethernet()
            .packet(IpPackets.udp(CLIENT, SERVER, Questions.query(7, "www.example")))
            .packet(IpPackets.udp(CLIENT, SERVER, loop))
            .packet(IpPackets.udp(CLIENT, SERVER, noise))
            .packet(IpPackets.udp(SERVER, CLIENT, Questions.response(7, "www.example")))
            .run()
            .windows()
            .get(0);
    assertEquals(2, window.dnsMessages().get("malformed"));
    assertEquals(1, window.dnsMessages().get("query"));
  }

  /** RFC 1002, section 4.2.12: a query for the encoded name of sixteen blanks and zeros. */
  @Test
  void namesOfNetbiosAreCountedApart() {
    Peer asking = Peer.of("192.0.2.9", 137);
    byte[] query = new byte[12 + 34 + 4];
    query[1] = 3;
    query[2] = 1; // recursion desired
    query[5] = 1; // one question
    query[12] = 32;
    Arrays.fill(query, 13, 45, (byte) 'A');
    query[47] = 32; // type NB
    query[49] = 1;
    WindowRecord window =
        TrapCapture.ethernet()
            .packet(IpPackets.udp(asking, Peer.of("192.0.2.255", 137), query))
            .run()
            .windows()
            .get(0);
    assertEquals(1, window.nbnsFlows());
    assertEquals(1, sums(window, "other").flows());
    assertEquals(0, window.dnsMessages().get("query"));
  }
}
