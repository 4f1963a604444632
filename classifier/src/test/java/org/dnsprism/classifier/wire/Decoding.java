// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** A decoder with its packet, fed with whole frames as byte arrays. */
final class Decoding {
  final PacketDecoder decoder = new PacketDecoder();
  final Packet packet = new Packet();

  /** Decodes a frame that was captured as a whole. */
  DecodeStatus decode(int linkType, byte[] frame) {
    return decode(linkType, frame, frame.length, 0);
  }

  /** Decodes a frame of which {@code frame} is what the snap length left. */
  DecodeStatus decode(int linkType, byte[] frame, int wireLength, long timeNanos) {
    DecodeStatus status =
        decoder.decode(
            Unpooled.wrappedBuffer(frame),
            0,
            frame.length,
            wireLength,
            timeNanos,
            linkType,
            -1,
            packet);
    if (status == DecodeStatus.TRANSPORT) {
      assertSound();
    }
    return status;
  }

  /** What holds for every packet, whatever the bytes. */
  private void assertSound() {
    assertTrue(packet.ipVersion() == 4 || packet.ipVersion() == 6);
    assertTrue(packet.protocol() == Packet.TCP || packet.protocol() == Packet.UDP);
    assertTrue(packet.capturedPayloadLength() >= 0);
    assertTrue(packet.capturedPayloadLength() <= packet.payloadLength());
    int end = packet.payloadOffset() + packet.capturedPayloadLength();
    assertTrue(packet.capturedPayloadLength() == 0 || end <= packet.buffer().capacity());
    assertTrue(packet.vlanCount() >= 0 && packet.vlanCount() <= Packet.MAX_VLANS);
  }

  byte[] payload() {
    return ByteBufUtil.getBytes(
        packet.buffer(), packet.payloadOffset(), packet.capturedPayloadLength());
  }

  List<Integer> vlans() {
    List<Integer> tags = new ArrayList<>();
    for (int i = 0; i < packet.vlanCount(); i++) {
      tags.add(packet.vlan(i));
    }
    return tags;
  }
}
