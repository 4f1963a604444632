// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the pcapng format (draft-ietf-opsawg-pcapng), section by section and block by block. */
final class PcapngBytes extends CaptureBytes {
  static final int SECTION_HEADER = 0x0a0d0d0a;
  static final int INTERFACE_DESCRIPTION = 1;
  static final int OBSOLETE_PACKET = 2;
  static final int SIMPLE_PACKET = 3;
  static final int NAME_RESOLUTION = 4;
  static final int INTERFACE_STATISTICS = 5;
  static final int ENHANCED_PACKET = 6;
  static final int DECRYPTION_SECRETS = 10;

  /** Highest bit set: only for local use, so that no reader knows it. */
  static final int LOCAL_BLOCK = 0x8000_1234;

  private static final int OPTION_COMMENT = 1;
  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_OFFSET = 14;

  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  /** A capture whose first section has this byte order. */
  static PcapngBytes of(ByteOrder order) {
    return new PcapngBytes().section(order);
  }

  /** Begins a section, with a comment of an odd length and the length of the section unknown. */
  PcapngBytes section(ByteOrder newOrder) {
    order = newOrder;
    ByteBuffer body = body(32).putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0);
    body.putLong(-1);
    option(body, OPTION_COMMENT, "seven b".getBytes(StandardCharsets.US_ASCII));
    return block(SECTION_HEADER, body.putInt(0));
  }

  /** Describes an interface that counts microseconds, as there are no options. */
  PcapngBytes network(int linkType, int snapLength) {
    return block(INTERFACE_DESCRIPTION, interfaceHead(8, linkType, snapLength));
  }

  /** Describes an Ethernet interface by its {@code if_tsresol} and {@code if_tsoffset}. */
  PcapngBytes network(int resolution, long offsetSeconds) {
    ByteBuffer body = interfaceHead(48, 1, 0);
    option(body, OPTION_COMMENT, new byte[] {1, 2, 3, 4, 5});
    option(body, OPTION_RESOLUTION, new byte[] {(byte) resolution});
    option(body, OPTION_OFFSET, body(8).putLong(offsetSeconds));
    return block(INTERFACE_DESCRIPTION, body.putInt(0));
  }

  private ByteBuffer interfaceHead(int room, int linkType, int snapLength) {
    return body(room).putShort((short) linkType).putShort((short) 0).putInt(snapLength);
  }

  /** Adds a packet in the modern way, with a comment behind the data. */
  PcapngBytes enhanced(int network, long stamp, TestFrame expected) {
    byte[] data = expected.bytes();
    ByteBuffer body = packetHead(network, stamp, data.length, expected.wireLength());
    putPadded(body, data);
    option(body, OPTION_COMMENT, new byte[] {1, 2, 3});
    return packet(ENHANCED_PACKET, body.putInt(0), expected);
  }

  /** Adds a packet in the way of the first draft: interface and drops have 16 bits each. */
  PcapngBytes obsolete(int network, int drops, long stamp, TestFrame expected) {
    byte[] data = expected.bytes();
    ByteBuffer body = packetHead(0, stamp, data.length, expected.wireLength());
    body.putShort(0, (short) network).putShort(2, (short) drops);
    putPadded(body, data);
    return packet(OBSOLETE_PACKET, body, expected);
  }

  /** Adds a packet without a time stamp; what is kept of it follows from the snap length. */
  PcapngBytes simple(TestFrame expected) {
    byte[] data = expected.bytes();
    ByteBuffer body = body(data.length + 8).putInt(expected.wireLength());
    putPadded(body, data);
    return packet(SIMPLE_PACKET, body, expected);
  }

  private ByteBuffer packetHead(int network, long stamp, int captured, int wire) {
    ByteBuffer body = body(captured + 64).putInt(network);
    body.putInt((int) (stamp >>> 32)).putInt((int) stamp);
    return body.putInt(captured).putInt(wire);
  }

  private void option(ByteBuffer body, int code, byte[] value) {
    body.putShort((short) code).putShort((short) value.length);
    putPadded(body, value);
  }

  private void option(ByteBuffer body, int code, ByteBuffer value) {
    byte[] bytes = new byte[value.position()];
    value.get(0, bytes);
    option(body, code, bytes);
  }

  private static void putPadded(ByteBuffer body, byte[] value) {
    body.put(value);
    while (body.position() % 4 != 0) {
      body.put((byte) 0xee); // padding should be zero, but need not be
    }
  }

  /** Room for the body of a block in the section's byte order. */
  ByteBuffer body(int length) {
    return room(length, order);
  }

  /** Adds a block that holds no packet. */
  PcapngBytes block(int type, ByteBuffer body) {
    append(framed(type, body, 0));
    return this;
  }

  /** Adds a block whose length fields are off by this much. */
  PcapngBytes blockWithWrongLength(int type, ByteBuffer body, int error) {
    append(framed(type, body, error));
    return this;
  }

  private PcapngBytes packet(int type, ByteBuffer body, TestFrame expected) {
    append(framed(type, body, 0), expected);
    return this;
  }

  private ByteBuffer framed(int type, ByteBuffer body, int error) {
    int length = 12 + body.position();
    ByteBuffer block = room(length, order).putInt(type).putInt(length + error);
    return block.put(body.duplicate().flip()).putInt(length + error);
  }
}
