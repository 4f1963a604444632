// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;

/**
 * The header of a TLS record (RFC 8446, section 5.1).
 *
 * <pre>
 *  0        1                 3                 5
 * +--------+-----------------+-----------------+---------
 * |  type  |     version     |     length      | fragment
 * +--------+-----------------+-----------------+---------
 * </pre>
 */
final class TlsRecord {
  static final int HEADER_BYTES = 5;

  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;

  /** 2^14 and the 2,048 that TLS 1.2 allows for its ciphers (RFC 5246, section 6.2.3). */
  static final int MAX_FRAGMENT_BYTES = (1 << 14) + 2048;

  /**
   * How much of a stream without a known start is searched for records: the rest of a cut one, and
   * one whole one more.
   */
  static final int MAX_SEARCHED_BYTES = 2 * (HEADER_BYTES + MAX_FRAGMENT_BYTES);

  private static final int VERSION_OFFSET = 1;
  private static final int LENGTH_OFFSET = 3;

  private TlsRecord() {}

  static int type(ByteBuf buffer, int offset) {
    return buffer.getUnsignedByte(offset);
  }

  static int version(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + VERSION_OFFSET);
  }

  static int length(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + LENGTH_OFFSET);
  }

  /** Whether the five bytes at {@code offset} can be a header: one in six million random ones. */
  static boolean isPlausible(ByteBuf buffer, int offset) {
    int type = type(buffer, offset);
    int version = version(buffer, offset);
    int length = length(buffer, offset);
    return type >= CHANGE_CIPHER_SPEC
        && type <= APPLICATION_DATA
        && version >= 0x0300
        && version <= 0x0304
        && length <= MAX_FRAGMENT_BYTES
        && (length > 0 || type == APPLICATION_DATA);
  }

  /**
   * Where a record begins in a piece of a stream that was joined in the middle: any at the start of
   * the piece; within it, behind the rest of a cut record or a preamble, application data or a
   * hello.
   *
   * @return its position, or -1
   */
  static int find(ByteBuf buffer, int offset, int end) {
    int last = end - HEADER_BYTES;
    if (offset <= last && isPlausible(buffer, offset)) {
      return offset;
    }
    for (int position = offset + 1; position <= last; position++) {
      int type = buffer.getByte(position);
      if (type == APPLICATION_DATA
          ? isPlausible(buffer, position)
          : type == HANDSHAKE && beginsClientHello(buffer, position, end)) {
        return position;
      }
    }
    return -1;
  }

  /** Whether a record with the start of a ClientHello is at a position. */
  static boolean beginsClientHello(ByteBuf buffer, int offset, int end) {
    return end - offset > HEADER_BYTES
        && isPlausible(buffer, offset)
        && type(buffer, offset) == HANDSHAKE
        && buffer.getByte(offset + HEADER_BYTES) == ClientHelloParser.TYPE_CLIENT_HELLO;
  }

  /** Whether the first {@code length} bytes, fewer than a header, can begin one. */
  static boolean canBegin(ByteBuf buffer, int offset, int length) {
    int type = type(buffer, offset);
    return type >= CHANGE_CIPHER_SPEC
        && type <= APPLICATION_DATA
        && (length < 2 || buffer.getByte(offset + 1) == 3)
        && (length < 3 || buffer.getUnsignedByte(offset + 2) <= 4);
  }
}
