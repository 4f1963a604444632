// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;

/** Reads the server_name extension (RFC 6066, section 3). */
final class ServerName {
  private static final int TYPE_HOST_NAME = 0;
  private static final int ENTRY_HEADER_BYTES = 3;

  private ServerName() {}

  /** Takes the first host name of the list over, in lower case; false when there is none. */
  static boolean read(ByteBuf buffer, int start, int end, ClientHello hello) {
    int position = start + 2;
    while (position + ENTRY_HEADER_BYTES <= end) {
      int type = buffer.getByte(position);
      int length = buffer.getUnsignedShort(position + 1);
      position += ENTRY_HEADER_BYTES;
      if (position + length > end) {
        return false;
      }
      if (type == TYPE_HOST_NAME) {
        return copy(buffer, position, length, hello);
      }
      position += length;
    }
    return false;
  }

  private static boolean copy(ByteBuf buffer, int offset, int length, ClientHello hello) {
    int kept = length;
    if (kept > 0 && buffer.getByte(offset + kept - 1) == '.') {
      kept--;
    }
    if (kept == 0 || kept > ClientHello.MAX_NAME_BYTES) {
      return false;
    }
    for (int i = 0; i < kept; i++) {
      int octet = lowerCase(buffer.getByte(offset + i));
      if (!isHostCharacter(octet)) {
        return false;
      }
      hello.name[i] = (byte) octet;
    }
    hello.nameLength = kept;
    return true;
  }

  static int lowerCase(int octet) {
    return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
  }

  /** Letters, digits and hyphens, and the underscore and dots that occur in practice. */
  static boolean isHostCharacter(int octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= '0' && octet <= '9')
        || octet == '-'
        || octet == '.'
        || octet == '_';
  }
}
