// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;

/**
 * Recognises messages of the NetBIOS name service (RFC 1002, section 4.2). They have the header of
 * DNS, but opcodes of their own, and names of 16 bytes that are written as 32 letters from A to P
 * (RFC 1001, section 14.1).
 */
public final class NetbiosName {
  private static final int NAME_OFFSET = DnsHeader.LENGTH;
  private static final int LETTERS = 32;

  /** Query, registration, release, wait, refresh (two numbers in use), multi-homed registration. */
  private static final int OPCODES = 1 << 0 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 9 | 1 << 15;

  private NetbiosName() {}

  /** Whether the bytes begin a message of the name service. */
  public static boolean message(ByteBuf buffer, int offset, int length) {
    if (length <= NAME_OFFSET + LETTERS
        || buffer.getByte(offset + NAME_OFFSET) != LETTERS
        || (OPCODES >>> DnsHeader.opcode(DnsHeader.flags(buffer, offset)) & 1) == 0
        || DnsHeader.count(buffer, offset, 0) > 1) {
      return false;
    }
    for (int i = 1; i <= LETTERS; i++) {
      byte letter = buffer.getByte(offset + NAME_OFFSET + i);
      if (letter < 'A' || letter > 'P') {
        return false;
      }
    }
    return true;
  }
}
