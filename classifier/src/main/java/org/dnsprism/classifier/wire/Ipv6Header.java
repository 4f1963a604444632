// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import io.netty.buffer.ByteBuf;

/**
 * The IPv6 header (RFC 8200, section 3).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+---------------+---------------------------------------+
 * |Version| Traffic Class |               Flow Label              |
 * +-------+---------------+-------+---------------+---------------+
 * |         Payload Length        |  Next Header  |   Hop Limit   |
 * +-------------------------------+---------------+---------------+
 * |                    Source Address (16 bytes)                  |
 * +---------------------------------------------------------------+
 * |                  Destination Address (16 bytes)               |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class Ipv6Header {
  static final int LENGTH = 40;

  private static final int PAYLOAD_LENGTH_OFFSET = 4;
  private static final int NEXT_HEADER_OFFSET = 6;
  private static final int SOURCE_OFFSET = 8;
  private static final int DESTINATION_OFFSET = 24;

  private Ipv6Header() {}

  /** Length behind this header; 0 for jumbograms (RFC 2675) and hardware segmentation. */
  static int payloadLength(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + PAYLOAD_LENGTH_OFFSET);
  }

  static int nextHeader(ByteBuf buffer, int offset) {
    return buffer.getUnsignedByte(offset + NEXT_HEADER_OFFSET);
  }

  static long sourceHigh(ByteBuf buffer, int offset) {
    return buffer.getLong(offset + SOURCE_OFFSET);
  }

  static long sourceLow(ByteBuf buffer, int offset) {
    return buffer.getLong(offset + SOURCE_OFFSET + 8);
  }

  static long destinationHigh(ByteBuf buffer, int offset) {
    return buffer.getLong(offset + DESTINATION_OFFSET);
  }

  static long destinationLow(ByteBuf buffer, int offset) {
    return buffer.getLong(offset + DESTINATION_OFFSET + 8);
  }
}
