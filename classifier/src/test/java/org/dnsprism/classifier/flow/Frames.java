// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.PacketDecoder;

/** Packets decoded from frames of raw IP, laid out after RFC 791, 8200, 768 and 9293. */
final class Frames {
  private static final int RAW_IP = 101;
  private static final int UDP_HEADER = 8;
  private static final int TCP_HEADER = 20;

  private Frames() {}

  static Packet udp(Peer from, Peer to, long timeNanos, byte... payload) {
    return udp(from, to, 0, timeNanos, payload);
  }

  /** A datagram of a frame that was longer on the wire than what was captured. */
  static Packet udp(Peer from, Peer to, int wireLength, long timeNanos, byte... payload) {
    ByteBuf frame = ip(from, to, Packet.UDP, UDP_HEADER + payload.length);
    frame.writeShort(from.port()).writeShort(to.port());
    frame.writeShort(UDP_HEADER + payload.length).writeShort(0).writeBytes(payload);
    return decode(frame, wireLength, timeNanos);
  }

  static Packet tcp(
      Peer from, Peer to, long timeNanos, int flags, long seq, long ack, byte... payload) {
    return tcp(from, to, payload.length, timeNanos, flags, seq, ack, payload);
  }

  /** A segment of which only the first {@code captured} bytes of payload were captured. */
  static Packet tcp(
      Peer from,
      Peer to,
      int captured,
      long timeNanos,
      int flags,
      long seq,
      long ack,
      byte... payload) {
    ByteBuf frame = ip(from, to, Packet.TCP, TCP_HEADER + payload.length);
    frame.writeShort(from.port()).writeShort(to.port());
    frame.writeInt((int) seq).writeInt((int) ack);
    frame.writeByte(5 << 4).writeByte(flags).writeShort(0xffff).writeInt(0).writeBytes(payload);
    int wireLength = frame.readableBytes();
    frame.writerIndex(wireLength - payload.length + captured);
    return decode(frame, wireLength, timeNanos);
  }

  private static ByteBuf ip(Peer from, Peer to, int protocol, int length) {
    ByteBuf frame = Unpooled.buffer();
    if (from.bytes().length == 4) {
      frame.writeInt(0x4500_0000 | (20 + length)).writeInt(0);
      frame.writeByte(64).writeByte(protocol).writeShort(0);
    } else {
      frame.writeInt(0x6000_0000).writeShort(length).writeByte(protocol).writeByte(64);
    }
    return frame.writeBytes(from.bytes()).writeBytes(to.bytes());
  }

  private static Packet decode(ByteBuf frame, int wireLength, long timeNanos) {
    Packet packet = new Packet();
    int length = frame.readableBytes();
    int onWire = Math.max(length, wireLength);
    DecodeStatus status =
        new PacketDecoder().decode(frame, 0, length, onWire, timeNanos, RAW_IP, -1, packet);
    assertEquals(DecodeStatus.TRANSPORT, status);
    return packet;
  }
}
