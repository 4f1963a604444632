// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Where the decoder stands in a frame, and what it has learned on the way. Reused. */
final class Walk {
  ByteBuf buffer = Unpooled.EMPTY_BUFFER;

  /** Index of the next byte to read. */
  int position;

  /** Index behind the last byte that was on the wire, as the headers so far say. */
  int limit;

  /** Index behind the last byte that was captured. */
  int captured;

  /** Whether a header declared more bytes than the frame has. */
  boolean cut;

  long timeNanos;
  int etherType;
  int ipProtocol;

  /** Identification of the innermost IP header or its fragment header; 0 where there is none. */
  int identification;

  int ipVersion;
  long sourceHigh;
  long sourceLow;
  long destinationHigh;
  long destinationLow;
  int vlanCount;
  int outerVlan;
  int innerVlan;
  Tunnel tunnel = Tunnel.NONE;

  void start(ByteBuf frame, int offset, int capturedLength, int wireLength, long time) {
    buffer = frame;
    position = offset;
    captured = offset + capturedLength;
    limit = offset + Math.max(capturedLength, wireLength);
    timeNanos = time;
    cut = false;
    vlanCount = 0;
    tunnel = Tunnel.NONE;
  }

  /** Whether so many bytes can be read at the position. */
  boolean has(int bytes) {
    return limit - position >= bytes && captured - position >= bytes;
  }

  /** The end of a walk for which {@link #has} is false. */
  int missing(int bytes) {
    return Layer.end(limit - position < bytes ? DecodeStatus.SHORT : DecodeStatus.SNAPPED);
  }

  /** Sets the end of the packet that starts at the position, as its header declares it. */
  void declare(int bytes) {
    cut |= limit - position < bytes;
    limit = Math.min(limit, position + bytes);
  }

  int u8(int offset) {
    return buffer.getUnsignedByte(position + offset);
  }

  int u16(int offset) {
    return buffer.getUnsignedShort(position + offset);
  }

  int i32(int offset) {
    return buffer.getInt(position + offset);
  }

  void addVlan(int tag) {
    int identifier = tag & 0xfff;
    if (vlanCount == 0) {
      outerVlan = identifier;
    } else if (vlanCount == 1) {
      innerVlan = identifier;
    }
    vlanCount = Math.min(vlanCount + 1, Packet.MAX_VLANS);
  }

  int next(int skip, int layer) {
    position += skip;
    return layer;
  }

  int etherType(int skip, int type) {
    position += skip;
    etherType = type;
    return Layer.ETHER_TYPE;
  }
}
