// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields of the packet in each hand-made frame. */
class PacketDecoderTest {
  private static final long TIME = 1_700_000_000_123_456_789L;

  private final Decoding decoding = new Decoding();
  private final Packet packet = decoding.packet;

  static List<FrameCase> frames() {
    return FrameCases.all();
  }

  static List<FrameCase> tunnelsInUdp() {
    return frames().stream().filter(f -> f.firstTransportEnd() < f.innerTransportEnd()).toList();
  }

  @ParameterizedTest
  @MethodSource("frames")
  void findsThePacket(FrameCase frame) {
    int length = frame.bytes().length;
    assertEquals(DecodeStatus.TRANSPORT, decode(frame, frame.bytes(), 0, length, length, -1));
    Inner inner = frame.inner();
    assertEquals(TIME, packet.timeNanos());
    assertEquals(length, packet.wireLength());
    assertEquals(inner.ipVersion(), packet.ipVersion());
    assertEquals(inner.protocol(), packet.protocol());
    assertEquals(inner.sourceHigh(), packet.sourceHigh());
    assertEquals(inner.sourceLow(), packet.sourceLow());
    assertEquals(inner.destinationHigh(), packet.destinationHigh());
    assertEquals(inner.destinationLow(), packet.destinationLow());
    assertEquals(inner.sourcePort(), packet.sourcePort());
    assertEquals(53, packet.destinationPort());
    boolean tcp = inner.protocol() == Packet.TCP;
    assertEquals(tcp ? 0x18 : 0, packet.tcpFlags());
    assertEquals(tcp ? 0xfedcba98L : 0, packet.tcpSequence());
    assertEquals(tcp ? 0x89abcdefL : 0, packet.tcpAcknowledgment());
    assertSame(frame.tunnel(), packet.tunnel());
    assertEquals(frame.vlans(), decoding.vlans());
    assertPayload(frame, 0);
  }

  @ParameterizedTest
  @MethodSource("frames")
  void readsNoByteOutsideTheFrame(FrameCase frame) {
    int length = frame.bytes().length;
    byte[] around = new byte[length + 200];
    Arrays.fill(around, (byte) 0x45);
    System.arraycopy(frame.bytes(), 0, around, 100, length);
    assertEquals(DecodeStatus.TRANSPORT, decode(frame, around, 100, length, length, -1));
    assertPayload(frame, 100);
  }

  @ParameterizedTest
  @MethodSource("frames")
  void payloadCutBySnapLengthKeepsItsDeclaredLength(FrameCase frame) {
    int length = frame.bytes().length;
    int captured = frame.payloadOffset() + 5;
    assertEquals(DecodeStatus.TRANSPORT, decode(frame, frame.bytes(), 0, captured, length, -1));
    assertEquals(frame.inner().payloadLength(), packet.payloadLength());
    assertEquals(5, packet.capturedPayloadLength());
    assertEquals(length, packet.wireLength());
  }

  @ParameterizedTest
  @MethodSource("tunnelsInUdp")
  void tunnelIsFollowedInBothDirections(FrameCase frame) {
    int ports = frame.firstTransportEnd() - UdpHeader.LENGTH;
    byte[] bytes = frame.bytes();
    byte[] turned = bytes.clone();
    System.arraycopy(bytes, ports, turned, ports + 2, 2);
    System.arraycopy(bytes, ports + 2, turned, ports, 2);
    decode(frame, turned, 0, turned.length, turned.length, -1);
    assertSame(frame.tunnel(), packet.tunnel());
    assertEquals(frame.inner().sourcePort(), packet.sourcePort());
    assertPayload(frame, 0);
  }

  @ParameterizedTest
  @MethodSource("frames")
  void tagThatTheCaptureTookOutIsTheOutermost(FrameCase frame) {
    int length = frame.bytes().length;
    decode(frame, frame.bytes(), 0, length, length, 0xe123);
    List<Integer> expected = new ArrayList<>(frame.vlans());
    expected.add(0, 0x123);
    assertEquals(expected.subList(0, Math.min(2, expected.size())), decoding.vlans());
  }

  private DecodeStatus decode(
      FrameCase frame, byte[] bytes, int offset, int captured, int wire, int tag) {
    return decoding.decoder.decode(
        Unpooled.wrappedBuffer(bytes), offset, captured, wire, TIME, frame.linkType(), tag, packet);
  }

  private void assertPayload(FrameCase frame, int shift) {
    int length = frame.inner().payloadLength();
    assertEquals(frame.payloadOffset() + shift, packet.payloadOffset());
    assertEquals(length, packet.payloadLength());
    assertEquals(length, packet.capturedPayloadLength());
    byte[] payload = decoding.payload();
    int prefix = length - Inner.QUERY_LENGTH;
    assertArrayEquals(
        FrameCase.bytes(Inner.QUERY), Arrays.copyOfRange(payload, prefix, payload.length));
  }
}
