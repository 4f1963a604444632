// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.dnsprism.classifier.quic.InitialSealer.V1;
import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.quic.InitialSealer;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.pipeline.record.FlowRecord;

/** A DoQ client's datagrams and its server's, as IP packets, on port 853 unless said otherwise. */
final class QuicTraffic {
  static final byte[] DCID = HexFormat.of().parseHex("8394c8f03e515708");
  static final byte[] SCID = HexFormat.of().parseHex("c101c102c103c104");
  static final byte[] SERVER_ID = HexFormat.of().parseHex("f067a5502a4262b5");
  static final byte[] NO_TOKEN = {};
  static final byte[] HELLO = HelloBuilder.browser("dns.example", "doq").message();

  /** RFC 9001, appendix A.4: a Retry under {@link #SERVER_ID}, to a client without identifier. */
  static final byte[] RETRY =
      HexFormat.of()
          .parseHex("ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba");

  private static final Peer CLIENT = Peer.of("192.0.2.1", 40_000);

  final InitialSealer client = new InitialSealer(DCID, V1, true);
  private final Peer server;

  QuicTraffic(int port) {
    server = Peer.of("198.51.100.53", port);
  }

  QuicTraffic() {
    this(853);
  }

  byte[] fromClient(byte... datagram) {
    return IpPackets.udp(CLIENT, server, datagram);
  }

  byte[] fromServer(byte... datagram) {
    return IpPackets.udp(server, CLIENT, datagram);
  }

  /** The client's Initial of version 1, before the server has answered. */
  byte[] initial(int number, byte... frames) {
    return fromClient(client.seal(V1, DCID, SCID, NO_TOKEN, number, frames));
  }

  /** An Initial with a part of the hello. */
  byte[] part(int number, int from, int to) {
    return initial(number, crypto(HELLO, from, to));
  }

  /** The server's first Initial, with an acknowledgment. */
  byte[] answer(int version) {
    byte[] ack = {2, 0, 0, 0, 0};
    InitialSealer sealer = new InitialSealer(DCID, version, false);
    return fromServer(sealer.seal(version, SCID, SERVER_ID, NO_TOKEN, 0, ack));
  }

  /** The hello in three datagrams; the server name is in the last one. */
  List<byte[]> threeParts() {
    return List.of(part(0, 0, 500), part(1, 500, 1100), part(2, 1100, HELLO.length));
  }

  static void assertDoq(FlowRecord flow) {
    assertEquals("doq certain", flow.transport() + " " + flow.confidence());
    assertEquals("dns.example", flow.sni());
  }
}
