// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;

/**
 * The version field of Google QUIC: four characters such as {@code Q043} or {@code T051}.
 *
 * <pre>
 *  up to Q043                              from Q046 on
 *  0        1                9             0        1
 * +--------+----------------+---------    +--------+---------+---
 * | flags  | connection (8) | version     |1       | version | ...
 * +--------+----------------+---------    +--------+---------+---
 * </pre>
 */
final class GquicHeader {
  private static final int FLAG_VERSION = 0x01;
  private static final int FLAG_CONNECTION_ID = 0x08;
  private static final int FLAGS_UNUSED = 0xc0;
  private static final int OLD_VERSION_OFFSET = 9;
  private static final int NEW_VERSION_OFFSET = 1;
  private static final int VERSION_BYTES = 4;

  private GquicHeader() {}

  /** The version of a datagram from a client, or 0 when it is no Google QUIC that tells one. */
  static int version(ByteBuf buffer, int offset, int length) {
    if (length < NEW_VERSION_OFFSET + VERSION_BYTES) {
      return 0;
    }
    int flags = buffer.getUnsignedByte(offset);
    if (LongHeader.isLong(buffer, offset)) {
      return checked(buffer.getInt(offset + NEW_VERSION_OFFSET));
    }
    boolean old =
        length >= OLD_VERSION_OFFSET + VERSION_BYTES
            && (flags & FLAG_VERSION) != 0
            && (flags & FLAG_CONNECTION_ID) != 0
            && (flags & FLAGS_UNUSED) == 0;
    return old ? checked(buffer.getInt(offset + OLD_VERSION_OFFSET)) : 0;
  }

  private static int checked(int version) {
    int family = version >>> 24;
    boolean digits =
        (version >>> 16 & 0xff) == '0' && isDigit(version >>> 8 & 0xff) && isDigit(version & 0xff);
    return digits && (family == 'Q' || family == 'T') ? version : 0;
  }

  private static boolean isDigit(int octet) {
    return octet >= '0' && octet <= '9';
  }
}
