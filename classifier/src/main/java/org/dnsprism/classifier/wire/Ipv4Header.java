// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import io.netty.buffer.ByteBuf;

/**
 * The IPv4 header (RFC 791, section 3.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-------+---------------+-------------------------------+
 * |Version|  IHL  |Type of Service|          Total Length         |
 * +-------+-------+---------------+-----+-------------------------+
 * |         Identification        |Flags|      Fragment Offset    |
 * +---------------+---------------+-----+-------------------------+
 * |  Time to Live |    Protocol   |         Header Checksum       |
 * +---------------+---------------+-------------------------------+
 * |                         Source Address                        |
 * +---------------------------------------------------------------+
 * |                      Destination Address                      |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class Ipv4Header {
  static final int LENGTH = 20;

  private static final int VERSION_OFFSET = 0;
  private static final int TOTAL_LENGTH_OFFSET = 2;
  private static final int IDENTIFICATION_OFFSET = 4;
  private static final int FRAGMENT_OFFSET = 6;
  private static final int PROTOCOL_OFFSET = 9;
  private static final int SOURCE_OFFSET = 12;
  private static final int DESTINATION_OFFSET = 16;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT_MASK = 0x1fff;
  private static final long V4_MAPPED = 0xffff_0000_0000L;

  private Ipv4Header() {}

  static int version(ByteBuf buffer, int offset) {
    return buffer.getUnsignedByte(offset + VERSION_OFFSET) >>> 4;
  }

  /** Length of the header with options, 0 to 60 bytes; less than {@link #LENGTH} is malformed. */
  static int headerLength(ByteBuf buffer, int offset) {
    return (buffer.getUnsignedByte(offset + VERSION_OFFSET) & 15) << 2;
  }

  /** Length of header and payload; 0 where segmentation is left to the hardware. */
  static int totalLength(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + TOTAL_LENGTH_OFFSET);
  }

  static int identification(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + IDENTIFICATION_OFFSET);
  }

  /** Whether the packet is a part of a larger one. */
  static boolean fragment(ByteBuf buffer, int offset) {
    return (buffer.getUnsignedShort(offset + FRAGMENT_OFFSET) & (MORE_FRAGMENTS | FRAGMENT_MASK))
        != 0;
  }

  static boolean moreFragments(ByteBuf buffer, int offset) {
    return (buffer.getUnsignedShort(offset + FRAGMENT_OFFSET) & MORE_FRAGMENTS) != 0;
  }

  /** Where the payload belongs in the whole datagram, in bytes. */
  static int fragmentOffset(ByteBuf buffer, int offset) {
    return (buffer.getUnsignedShort(offset + FRAGMENT_OFFSET) & FRAGMENT_MASK) << 3;
  }

  static int protocol(ByteBuf buffer, int offset) {
    return buffer.getUnsignedByte(offset + PROTOCOL_OFFSET);
  }

  /** Lower half of the v4-mapped source address. */
  static long source(ByteBuf buffer, int offset) {
    return V4_MAPPED | buffer.getUnsignedInt(offset + SOURCE_OFFSET);
  }

  /** Lower half of the v4-mapped destination address. */
  static long destination(ByteBuf buffer, int offset) {
    return V4_MAPPED | buffer.getUnsignedInt(offset + DESTINATION_OFFSET);
  }
}
