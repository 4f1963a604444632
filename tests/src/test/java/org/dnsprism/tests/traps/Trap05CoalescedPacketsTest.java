// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.dnsprism.classifier.quic.InitialSealer.V1;
import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.classifier.quic.InitialSealer.join;
import static org.dnsprism.tests.traps.QuicTraffic.DCID;
import static org.dnsprism.tests.traps.QuicTraffic.HELLO;
import static org.dnsprism.tests.traps.QuicTraffic.NO_TOKEN;
import static org.dnsprism.tests.traps.QuicTraffic.SCID;
import static org.dnsprism.tests.traps.QuicTraffic.assertDoq;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Trap 5: Initial, Handshake, 0-RTT and 1-RTT packets in one datagram")
class Trap05CoalescedPacketsTest {
  private static final int ZERO_RTT = 0xd0;
  private static final int HANDSHAKE = 0xe0;

  private final QuicTraffic quic = new QuicTraffic();

  /** A packet without token and with 40 unreadable bytes (RFC 9000, section 17.2). */
  private static byte[] opaque(int firstByte) {
    return ByteBuffer.allocate(7 + DCID.length + SCID.length + 1 + 40)
        .put((byte) firstByte)
        .putInt(V1)
        .put((byte) DCID.length)
        .put(DCID)
        .put((byte) SCID.length)
        .put(SCID)
        .put((byte) 40)
        .array();
  }

  private byte[] initial(int number, int from, int to) {
    return quic.client.seal(V1, 0, DCID, SCID, NO_TOKEN, number, crypto(HELLO, from, to), 0);
  }

  @Test
  void initialsBetweenOthersAreFound() {
    byte[] shortHeader = new byte[50];
    shortHeader[0] = 0x41;
    byte[] datagram =
        join(
            opaque(ZERO_RTT),
            initial(0, 0, 500),
            opaque(HANDSHAKE),
            initial(1, 500, HELLO.length),
            shortHeader);
    assertDoq(TrapCapture.ethernet().packet(quic.fromClient(datagram)).flow());
  }

  @Test
  void smallInitialsAreReadLikeOthers() {
    TrapCapture capture = TrapCapture.ethernet();
    for (int from = 0, number = 0; from < HELLO.length; from += 300, number++) {
      int to = Math.min(HELLO.length, from + 300);
      capture.packet(quic.fromClient(initial(number, from, to)));
    }
    assertDoq(capture.flow());
  }

  @Test
  void zeroRttThatComesFirstIsNoHindrance() {
    assertDoq(
        TrapCapture.ethernet()
            .packet(quic.fromClient(opaque(ZERO_RTT)))
            .packets(quic.threeParts())
            .flow());
  }
}
