// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;

/** Flows of DNSCrypt, straight to a resolver and by way of a relay, laid out as specified. */
class DnsCryptFlowTest {
  private static final Peer CLIENT = Peer.of("192.0.2.7", 40_000);
  private static final Peer SERVER = Peer.of("198.51.100.20", 4434);
  private static final byte[] MAGIC = "r6fnvWj8".getBytes(StandardCharsets.US_ASCII);

  private final Shard shard = new Shard();
  private final Random random = new Random(20);

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Client magic, key and nonce, then a box with 256 bytes of message. */
  private byte[] query() {
    return noise(8 + 32 + 12 + 16 + 256);
  }

  private byte[] answer() {
    return ByteBuffer.allocate(304).put(MAGIC).put(noise(296)).array();
  }

  /** Eight 0xff, two zeros, address and port of the resolver, and what is for it. */
  private static byte[] forRelay(Peer resolver, byte[] message) {
    ByteBuffer bytes = ByteBuffer.allocate(28 + message.length).putLong(-1).putShort((short) 0);
    bytes.putLong(0).putInt(0xffff).put(resolver.bytes());
    return bytes.putShort((short) resolver.port()).put(message).array();
  }

  private static void assertDnsCrypt(int queries, int responses, Journal.End end) {
    assertEquals(Transport.DNSCRYPT, end.transport());
    assertEquals(Confidence.CERTAIN, end.confidence());
    assertEquals(queries, end.queries());
    assertEquals(responses, end.responses());
    assertEquals(CLIENT.port(), end.clientPort());
  }

  @Test
  void responseSeenFirstShowsWhoTheServerIs() {
    Peer low = Peer.of("198.51.100.20", 443);
    Peer client = Peer.of("192.0.2.7", 53); // a port that looks like a server's
    shard.feed(Frames.udp(low, client, SECOND, answer()));
    shard.feed(Frames.udp(client, low, 2 * SECOND, query()));
    Journal.End end = shard.finish(1).ends.get(0);
    assertEquals(Transport.DNSCRYPT, end.transport());
    assertEquals(53, end.clientPort());
    assertEquals(1, end.queries());
    assertEquals(1, end.responses());
  }

  @Test
  void messagesForARelayAreKnownWithoutAnyAnswer() {
    byte[] inner = query();
    shard.feed(Frames.udp(CLIENT, SERVER, SECOND, forRelay(Peer.of("9.9.9.9", 8443), inner)));
    shard.feed(Frames.udp(CLIENT, SERVER, 2 * SECOND, forRelay(Peer.of("9.9.9.9", 8443), inner)));
    Journal.End end = shard.finish(1).ends.get(0);
    assertDnsCrypt(2, 0, end);
    assertTrue(Evidence.DNSCRYPT_RELAY.in(end.evidence()));
  }

  @Test
  void certificatesThatARelayPassesBackAreCountedToo() {
    Peer resolver = Peer.of("203.0.113.99", 443);
    byte[] asked = Questions.query(1, "2.dnscrypt-cert.example");
    byte[] told = Questions.response(1, "2.dnscrypt-cert.example");
    shard.feed(
        Frames.udp(CLIENT, SERVER, SECOND, forRelay(resolver, asked)),
        Frames.udp(SERVER, CLIENT, 2 * SECOND, told),
        Frames.udp(CLIENT, SERVER, 3 * SECOND, forRelay(resolver, query())),
        Frames.udp(SERVER, CLIENT, 4 * SECOND, answer()));
    assertDnsCrypt(2, 2, shard.finish(1).ends.get(0));
  }

  @Test
  void relayOverTcpIsReadMessageByMessage() {
    Peer resolver = Peer.of("203.0.113.99", 443);
    Connection connection = new Connection(CLIENT, SERVER, SECOND);
    byte[] sent = Questions.framed(forRelay(resolver, Questions.query(1, "2.dnscrypt-cert.a")));
    byte[] told = Questions.framed(Questions.response(1, "2.dnscrypt-cert.a"));
    shard.feed(connection.open());
    shard.feed(connection.request(Arrays.copyOfRange(sent, 0, 14)));
    shard.feed(connection.request(Arrays.copyOfRange(sent, 14, sent.length)));
    shard.feed(connection.answer(told));
    shard.feed(connection.request(Questions.framed(forRelay(resolver, query()))));
    shard.feed(connection.answer(Questions.framed(answer())));
    Journal.End end = shard.feed(connection.shut()).finish(1).ends.get(0);
    assertDnsCrypt(2, 2, end);
    assertTrue(Evidence.DNSCRYPT_RELAY.in(end.evidence()));
  }

  /** Joined midway, with the resolver's answer first, and ports that mislead. */
  @Test
  void connectionJoinedAtAnAnswerHasItsSidesRight() {
    Peer low = Peer.of("198.51.100.20", 4434);
    Peer client = Peer.of("192.0.2.7", 443);
    Connection connection = new Connection(client, low, SECOND);
    shard.feed(connection.answer(Questions.framed(answer())));
    shard.feed(connection.request(Questions.framed(query())));
    shard.feed(connection.answer(Questions.framed(answer())));
    Journal.End end = shard.feed(connection.shut()).finish(1).ends.get(0);
    assertEquals(Transport.DNSCRYPT, end.transport());
    assertEquals(443, end.clientPort());
    assertEquals(1, end.queries());
    assertEquals(2, end.responses());
  }

  /** A single wrong bit of the ten, no port, or nothing behind: not a message for a relay. */
  @Test
  void whatIsNotQuiteAMessageForARelayIsNone() {
    byte[] whole = forRelay(Peer.of("9.9.9.9", 8443), query());
    for (int bit = 0; bit < 80; bit += 7) {
      byte[] wrong = whole.clone();
      wrong[bit / 8] ^= (byte) (1 << bit % 8);
      assertOther(wrong);
    }
    assertOther(forRelay(Peer.of("9.9.9.9", 0), query()));
    assertOther(Arrays.copyOf(whole, 28));
  }

  private static void assertOther(byte[] datagram) {
    Shard alone = new Shard().feed(Frames.udp(CLIENT, SERVER, SECOND, datagram));
    assertEquals(Transport.OTHER, alone.finish(1).ends.get(0).transport());
  }
}
