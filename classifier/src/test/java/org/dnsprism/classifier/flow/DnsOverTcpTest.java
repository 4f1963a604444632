// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DNS over TCP, on its port and elsewhere, from the start and from the middle. */
class DnsOverTcpTest {
  private static final Peer CLIENT = Peer.of("192.0.2.7", 40_000);
  private static final Peer SERVER = Peer.of("198.51.100.53", 53);
  private static final Peer ELSEWHERE = Peer.of("198.51.100.53", 7053);

  private static byte[] joined(byte[]... messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      bytes.writeBytes(Questions.framed(message));
    }
    return bytes.toByteArray();
  }

  private static byte[] queries(int count) {
    byte[][] messages = new byte[count][];
    for (int i = 0; i < count; i++) {
      messages[i] = Questions.query(i, "host" + i + ".example");
    }
    return joined(messages);
  }

  private static byte[] responses(List<Integer> ids) {
    return joined(
        ids.stream()
            .map(id -> Questions.response(id, "host" + id + ".example"))
            .toArray(byte[][]::new));
  }

  private static void send(
      Shard shard, Connection connection, boolean ofClient, byte[] bytes, int piece) {
    for (int from = 0; from < bytes.length; from += piece) {
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
      shard.feed(ofClient ? connection.request(part) : connection.answer(part));
    }
  }

  private static Journal.End exchange(Peer server, boolean opened, int piece, byte[]... sides) {
    Shard shard = new Shard();
    Connection connection = new Connection(CLIENT, server, SECOND);
    if (opened) {
      shard.feed(connection.open());
    }
    send(shard, connection, true, sides[0], piece);
    send(shard, connection, false, sides[1], piece);
    return shard.feed(connection.shut()).finish(1).ends.get(0);
  }

  private static void assertCounted(int queries, int responses, Journal.End end) {
    assertEquals(Transport.DO53_TCP, end.transport());
    assertEquals(Confidence.CERTAIN, end.confidence());
    assertEquals(queries, end.queries());
    assertEquals(responses, end.responses());
  }

  /** Several queries in a segment, answers in another order, the length cut in two. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 14, 100, 1400})
  void pipelinedQueriesAreAllCounted(int piece) {
    List<Integer> order = Arrays.asList(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    Collections.reverse(order);
    for (Peer server : List.of(SERVER, ELSEWHERE)) {
      assertCounted(10, 10, exchange(server, true, piece, queries(10), responses(order)));
    }
  }

  /** What is cut off at the start of each side is lost, the rest is found, on any port. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 20, 1400})
  void bothDirectionsAreFoundInTheMiddle(int piece) {
    byte[] asked = queries(6);
    byte[] answered = responses(List.of(0, 1, 2, 3, 4, 5));
    byte[] fromThere = Arrays.copyOfRange(asked, 5, asked.length);
    byte[] alsoFromThere = Arrays.copyOfRange(answered, 9, answered.length);
    assertCounted(5, 5, exchange(SERVER, false, piece, fromThere, alsoFromThere));
  }

  /** Joined in the middle on another port, where records of TLS are looked for as well. */
  @Test
  void bothDirectionsAreFoundInTheMiddleElsewhere() {
    byte[] asked = queries(6);
    byte[] answered = responses(List.of(0, 1, 2, 3, 4, 5));
    byte[] fromThere = Arrays.copyOfRange(asked, 5, asked.length);
    byte[] alsoFromThere = Arrays.copyOfRange(answered, 9, answered.length);
    assertCounted(5, 5, exchange(ELSEWHERE, false, 1400, fromThere, alsoFromThere));
  }

  /** A banner or a proxy's preamble before the first message: both sides must agree on DNS. */
  @Test
  void messagesBehindAPreambleAreFound() {
    byte[] hello =
        "PROXY TCP4 192.0.2.7 198.51.100.53 40000 7053\r\n".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream client = new ByteArrayOutputStream();
    client.writeBytes(hello);
    client.writeBytes(queries(3));
    byte[] answers = responses(List.of(2, 0, 1));
    assertCounted(3, 3, exchange(ELSEWHERE, true, 1400, client.toByteArray(), answers));
    Journal.End oneSided =
        exchange(ELSEWHERE, true, 1400, client.toByteArray(), new byte[] {1, 2, 3});
    assertEquals(Transport.OTHER, oneSided.transport());
    assertEquals(0, oneSided.queries());
    Journal.End otherAnswer =
        exchange(ELSEWHERE, true, 1400, client.toByteArray(), responses(List.of(7)));
    assertEquals(Transport.OTHER, otherAnswer.transport());
  }

  /** Later messages do not bring back a connection that was let go. */
  @Test
  void longOtherTrafficIsLetGo() {
    byte[] text = "220 mail.example ESMTP\r\n".repeat(120).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream client = new ByteArrayOutputStream();
    client.writeBytes(text);
    client.writeBytes(queries(1));
    Journal.End end = exchange(ELSEWHERE, true, 1400, client.toByteArray(), responses(List.of(0)));
    assertEquals(Transport.OTHER, end.transport());
    assertTrue(Evidence.NOT_DNS.in(end.evidence()));
  }

  /** A segment that the capture lost costs its messages, not those behind it. */
  @Test
  void lostSegmentLosesItsMessagesAlone() {
    Shard shard = new Shard();
    Connection connection = new Connection(CLIENT, SERVER, SECOND);
    shard.feed(connection.open());
    byte[] asked = queries(9);
    int third = queries(3).length;
    int sixth = queries(6).length;
    shard.feed(connection.request(Arrays.copyOfRange(asked, 0, third - 4)));
    connection.request(Arrays.copyOfRange(asked, third - 4, sixth)); // not captured
    shard.feed(connection.request(Arrays.copyOfRange(asked, sixth, asked.length)));
    shard.feed(connection.answer(responses(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8))));
    shard.feed(connection.answer());
    Journal.End end = shard.feed(connection.shut()).finish(1).ends.get(0);
    assertCounted(2 + 3, 9, end);
  }
}
