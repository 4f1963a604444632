// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.classifier.quic.RfcVectors.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.junit.jupiter.api.AfterEach;

/** A flow that is fed datagrams made for the test, and what is common to all such tests. */
abstract class QuicFlowCase {
  static final byte[] DCID = RfcVectors.DCID;
  static final byte[] SCID = hex("c101c102c103c104");
  static final byte[] SERVER_ID = hex("f067a5502a4262b5");
  static final byte[] NONE = new byte[0];
  static final byte[] HELLO = HelloBuilder.browser("dns.example", "h3", "doq").message();
  static final byte[] ACK = hex("0205000100" + "0001");
  static final byte[] ACK_ECN = hex("03050000" + "00" + "010203");
  static final byte[] PING = {1};

  final ReassemblyMemory memory = new ReassemblyMemory(1 << 20);
  final QuicCounters counters = new QuicCounters();
  final QuicCrypto crypto = new QuicCrypto(new DecryptionBudget(1_000_000), counters);
  final QuicFlow flow = new QuicFlow(crypto, memory);
  final InitialSealer client = new InitialSealer(DCID, InitialSealer.V1, true);
  final InitialSealer server = new InitialSealer(DCID, InitialSealer.V1, false);

  @AfterEach
  void memoryIsGivenBack() {
    flow.reset();
    assertEquals(0, memory.usedBytes());
  }

  static ByteBuf wrap(byte[] bytes) {
    return Unpooled.wrappedBuffer(bytes);
  }

  QuicStatus fromClient(byte[] datagram) {
    return fromClient(datagram, 0);
  }

  QuicStatus fromClient(byte[] datagram, long timeNanos) {
    return flow.onClientDatagram(wrap(datagram), 0, datagram.length, timeNanos);
  }

  QuicStatus fromServer(byte[] datagram) {
    return flow.onServerDatagram(wrap(datagram), 0, datagram.length, 0);
  }

  /** An Initial of version 1 from the client, before the server has answered. */
  byte[] initial(int number, byte[] frames) {
    return client.seal(1, DCID, SCID, NONE, number, frames);
  }

  /** An Initial of the server, under the identifier that it gave itself. */
  byte[] answer(int version) {
    return server.seal(version, SCID, SERVER_ID, NONE, 1, ACK);
  }

  /** The hello in three datagrams. */
  List<byte[]> threeDatagrams() {
    return List.of(
        initial(0, crypto(HELLO, 0, 500)),
        initial(1, crypto(HELLO, 500, 1100)),
        initial(2, crypto(HELLO, 1100, HELLO.length)));
  }

  void assertHello() {
    assertEquals(QuicStatus.CLIENT_HELLO, flow.status());
    assertEquals("dns.example", flow.hello().sni());
    assertEquals("h3,doq", flow.hello().alpn());
    assertTrue(flow.authenticated());
    assertFalse(flow.wantsMore());
    assertEquals(0, memory.usedBytes());
  }
}
