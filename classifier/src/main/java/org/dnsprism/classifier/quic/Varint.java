// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;

/**
 * QUIC's integers of 1, 2, 4 or 8 bytes, whose first two bits tell the length (RFC 9000, section
 * 16).
 */
final class Varint {
  private Varint() {}

  /** Length in bytes of the integer that begins at {@code offset}. */
  static int length(ByteBuf buffer, int offset) {
    return 1 << (buffer.getUnsignedByte(offset) >>> 6);
  }

  /** Whether the integer lies before {@code end}. */
  static boolean fits(ByteBuf buffer, int offset, int end) {
    return offset < end && offset + length(buffer, offset) <= end;
  }

  /** The integer, 0 to 2^62-1; it must {@linkplain #fits fit}. */
  static long value(ByteBuf buffer, int offset) {
    return switch (length(buffer, offset)) {
      case 1 -> buffer.getUnsignedByte(offset);
      case 2 -> buffer.getUnsignedShort(offset) & 0x3fff;
      case 4 -> buffer.getInt(offset) & 0x3fffffff;
      default -> buffer.getLong(offset) & 0x3fffffffffffffffL;
    };
  }
}
