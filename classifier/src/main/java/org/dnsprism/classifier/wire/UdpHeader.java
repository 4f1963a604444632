// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import io.netty.buffer.ByteBuf;

/**
 * The UDP header (RFC 768).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |          Source Port          |       Destination Port        |
 * +-------------------------------+-------------------------------+
 * |            Length             |           Checksum            |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
final class UdpHeader {
  static final int LENGTH = 8;

  private static final int SOURCE_PORT_OFFSET = 0;
  private static final int DESTINATION_PORT_OFFSET = 2;
  private static final int LENGTH_OFFSET = 4;

  private UdpHeader() {}

  static int sourcePort(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + SOURCE_PORT_OFFSET);
  }

  static int destinationPort(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + DESTINATION_PORT_OFFSET);
  }

  /** Length of header and payload; 0 in jumbograms (RFC 2675, section 4). */
  static int length(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + LENGTH_OFFSET);
  }
}
