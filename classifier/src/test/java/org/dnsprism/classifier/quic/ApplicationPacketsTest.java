// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** Application data is found behind and within long headers (RFC 9000, section 17). */
class ApplicationPacketsTest {
  private static final int INITIAL = 0xc0;
  private static final int ZERO_RTT = 0xd0;
  private static final int HANDSHAKE = 0xe0;
  private static final int SHORT = 0x40;

  private final ApplicationPackets packets = new ApplicationPackets();

  @Test
  void aShortHeaderHasTheIdentifierThatTheOtherSideChose() {
    assertEquals(0, length(longHeader(INITIAL, 8, 5, 1162), true));
    assertEquals(0, length(longHeader(HANDSHAKE, 5, 20, 800), false));
    assertEquals(70, length(shortHeader(20, 70), true));
    assertEquals(40, length(shortHeader(5, 40), false));
  }

  @Test
  void coalescedPacketsArePassed() {
    ByteBuf datagram = longHeader(INITIAL, 8, 4, 40);
    datagram.writeBytes(longHeader(HANDSHAKE, 8, 4, 60));
    datagram.writeBytes(shortHeader(4, 33));
    assertEquals(33 + 4 - 8, length(datagram, true)); // the server's identifier is not known
    assertEquals(33, length(shortHeader(4, 33), false));
  }

  @Test
  void earlyDataCounts() {
    ByteBuf datagram = longHeader(INITIAL, 8, 0, 40);
    datagram.writeBytes(longHeader(ZERO_RTT, 8, 0, 90));
    assertEquals(90, length(datagram, true));
  }

  @Test
  void zerosBehindAPacketArePadding() {
    ByteBuf datagram = longHeader(INITIAL, 8, 0, 40);
    datagram.writeZero(1000);
    assertEquals(0, length(datagram, true));
  }

  @Test
  void theDeclaredLengthCountsWhereTheCaptureIsCut() {
    length(longHeader(HANDSHAKE, 5, 6, 800), false);
    assertEquals(1200 - 7, packets.length(shortHeader(6, 30), 0, 37, 1200, true));
  }

  private int length(ByteBuf datagram, boolean fromClient) {
    int bytes = datagram.readableBytes();
    return packets.length(datagram, 0, bytes, bytes, fromClient);
  }

  /** A packet of version 1 whose packet number, payload and tag have {@code length} bytes. */
  private static ByteBuf longHeader(int first, int dcid, int scid, int length) {
    ByteBuf packet = Unpooled.buffer().writeByte(first).writeInt(1);
    packet.writeByte(dcid).writeZero(dcid).writeByte(scid).writeZero(scid);
    if (first == INITIAL) {
      packet.writeByte(0); // no token
    }
    return packet.writeShort(0x4000 | length).writeZero(length);
  }

  private static ByteBuf shortHeader(int dcid, int length) {
    return Unpooled.buffer().writeByte(SHORT).writeZero(dcid + length);
  }
}
