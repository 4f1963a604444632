// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.dnsprism.classifier.quic.InitialSealer;
import org.dnsprism.classifier.tls.Ech;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Packet;
import org.junit.jupiter.api.Test;

/** What a flow keeps of hellos that lack a name, are cut off, or are older than TLS. */
class HelloEvidenceTest {
  private static final Peer CLIENT = Peer.numbered(1, 1001);
  private static final byte[] DCID = HexFormat.of().parseHex("8394c8f03e515708");
  private static final byte[] NONE = {};
  private static final int MESSAGE_HEADER_BYTES = 4;

  private final Shard shard =
      new Shard(Shard.SETTINGS, Shard.endpoints("kind\tvalue\toperator\nexact\tdns.test\tA\n"));

  private static HelloBuilder greased(String... alpn) {
    return new HelloBuilder()
        .alpn(alpn)
        .ech(77, 32, 176)
        .keyShare(0x11ec, 1216)
        .versions(0x3a3a, 0x0304);
  }

  private void overTls(int port, Packet... hello) {
    shard.feed(hello);
    shard.finish(0);
    assertEquals(1, shard.journal.ends.size(), "port " + port);
  }

  private static Connection connection(int port) {
    return new Connection(CLIENT, Peer.of("192.0.2.1", port), SECOND);
  }

  private Journal.End end() {
    return shard.journal.ends.get(0);
  }

  private Journal.Hello hello() {
    return shard.journal.hellos.get(0);
  }

  private void assertVerdict(Transport transport, Confidence confidence) {
    assertEquals(transport, end().transport());
    assertEquals(confidence, end().confidence());
  }

  private void assertNamelessAndGreased() {
    assertTrue(hello().seen());
    assertTrue(Evidence.SNI_ABSENT.in(end().evidence()));
    assertTrue(Evidence.ECH.in(end().evidence()));
    assertFalse(Evidence.ECH_OFFERED.in(end().evidence()));
    assertEquals(Ech.GREASE, hello().ech());
    assertTrue(hello().postQuantum());
    assertEquals(0x0304, hello().tlsVersion());
    assertTrue(hello().fingerprinted());
  }

  @Test
  void namelessHelloInTls() {
    Connection connection = connection(443);
    shard.feed(connection.open());
    overTls(443, connection.request(HelloBuilder.record(22, greased("h2").message())));
    assertNamelessAndGreased();
    assertVerdict(Transport.OTHER, Confidence.HIGH);
    assertEquals("h2", hello().alpn());
  }

  @Test
  void namelessHelloInQuic() {
    byte[] message = greased("doq").message();
    InitialSealer sealer = new InitialSealer(DCID, InitialSealer.V1, true);
    Peer server = Peer.of("192.0.2.1", 443);
    int[] cuts = {0, 1000, message.length};
    for (int i = 0; i < 2; i++) {
      byte[] frames = InitialSealer.crypto(message, cuts[i], cuts[i + 1]);
      byte[] datagram = sealer.seal(InitialSealer.V1, DCID, NONE, NONE, i, frames);
      shard.feed(Frames.udp(CLIENT, server, SECOND + i, datagram));
    }
    shard.finish(0);
    assertEquals(1, shard.journal.ends.size());
    assertNamelessAndGreased();
    assertVerdict(Transport.DOQ, Confidence.CERTAIN);
    assertEquals("doq", hello().alpn());
  }

  @Test
  void helloInTheFormatOfSsl2() {
    // Length, type, version TLS 1.0, lengths of suites, session and challenge; two suites.
    byte[] hello =
        HexFormat.of().parseHex("802f" + "01" + "0301" + "0006" + "0000" + "0020" + "00002f000035");
    hello = Arrays.copyOf(hello, 2 + 0x2f);
    Connection connection = connection(853);
    shard.feed(connection.open());
    overTls(853, connection.request(hello));
    assertTrue(hello().seen());
    assertTrue(Evidence.SNI_ABSENT.in(end().evidence()));
    assertEquals(0x0301, hello().tlsVersion());
    assertEquals(Ech.NONE, hello().ech());
    assertFalse(hello().fingerprinted());
    assertVerdict(Transport.DOT, Confidence.HIGH);
  }

  @Test
  void snappedHelloWithItsName() {
    byte[] hello =
        HelloBuilder.record(
            22, new HelloBuilder().sni("dns.test").keyShare(0x11ec, 1216).message());
    Connection connection = connection(443);
    shard.feed(connection.open());
    overTls(443, connection.snapped(200, hello));
    assertEquals("dns.test", hello().sni());
    assertFalse(hello().fingerprinted());
    assertVerdict(Transport.DOH, Confidence.HIGH);
  }

  @Test
  void nameThatWasCutOffIsNotAbsent() {
    byte[] hello = HelloBuilder.record(22, greased("h2").sni("dns.test").message());
    int beforeName = hello.length - "dns.test".length() - MESSAGE_HEADER_BYTES - 5;
    Connection connection = connection(443);
    shard.feed(connection.open());
    overTls(443, connection.snapped(beforeName, hello));
    assertFalse(Evidence.SNI_ABSENT.in(end().evidence()));
    assertFalse(Evidence.SNI.in(end().evidence()));
    assertTrue(hello().postQuantum());
    assertVerdict(Transport.OTHER, Confidence.HIGH);
  }
}
