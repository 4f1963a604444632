// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cleartext DoH whose path or media type lies in several segments. */
class DohInSegmentsTest {
  private static final Peer CLIENT = Peer.of("192.0.2.7", 40_000);
  private static final Peer SERVER = Peer.of("198.51.100.80", 80);

  private final Connection connection = new Connection(CLIENT, SERVER, SECOND);
  private final Shard shard = new Shard().feed(connection.open());

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private Journal.End end() {
    return shard.feed(connection.shut()).finish(1).ends.get(0);
  }

  private static void assertDoh(Journal.End end) {
    assertEquals(Transport.DOH_PLAIN, end.transport());
    assertEquals(Confidence.CERTAIN, end.confidence());
  }

  /** RFC 8484, section 4.1.1: a request of the one method and of the other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /dns-query HTTP/1.1\r\nHost: dnsserver.example.net\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Type: Application/DNS-Message\r\n\r\n"
      })
  void requestsAreCutAnywhere(String request) {
    byte[] bytes = ascii(request);
    for (int cut = 1; cut < bytes.length; cut++) {
      DohInSegmentsTest run = new DohInSegmentsTest();
      run.shard.feed(run.connection.request(Arrays.copyOf(bytes, cut)));
      run.shard.feed(run.connection.request(Arrays.copyOfRange(bytes, cut, bytes.length)));
      assertDoh(run.end());
    }
  }

  @Test
  void byteAfterByte() {
    for (byte one : ascii("GET /a HTTP/1.1\r\nAccept: application/dns-message\r\n\r\n")) {
      shard.feed(connection.request(one));
    }
    assertDoh(end());
  }

  @Test
  void answersAreCutToo() {
    shard.feed(connection.request(ascii("GET /a HTTP/1.1\r\nHost: a.example\r\n\r\n")));
    shard.feed(connection.answer(ascii("HTTP/1.1 200 OK\r\nContent-Type: application/dns-")));
    shard.feed(connection.answer(ascii("message\r\nContent-Length: 0\r\n\r\n")));
    assertDoh(end());
  }

  /** The end of one side and the start of the other make no word. */
  @Test
  void sidesAreNotJoined() {
    shard.feed(connection.request(ascii("GET /a HTTP/1.1\r\nReferer: /dns-")));
    shard.feed(connection.answer(ascii("query HTTP/1.1 400 Bad Request\r\n\r\n")));
    assertEquals(Transport.OTHER, end().transport());
  }

  /** Neither do pieces between which something was lost. */
  @Test
  void piecesAroundLossAreNotJoined() {
    shard.feed(connection.request(ascii("GET /a HTTP/1.1\r\nReferer: /dns-")));
    connection.request(ascii("lost")); // not captured
    shard.feed(connection.request(ascii("query HTTP/1.1\r\n\r\n")));
    shard.feed(connection.answer());
    assertEquals(Transport.OTHER, end().transport());
  }
}
