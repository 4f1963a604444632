// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;

/**
 * A ClientHello in the format of SSL version 2 (RFC 5246, appendix E.2).
 *
 * <pre>
 *  0           2        3           5            7             9              11
 * +-----------+--------+-----------+------------+-------------+--------------+----
 * | 1, length | type 1 |  version  | suites len | session len | challenge len| ...
 * +-----------+--------+-----------+------------+-------------+--------------+----
 * </pre>
 */
final class Sslv2Hello {
  static final int HEADER_BYTES = 11;

  /** The bytes that {@link #canBegin} needs. */
  static final int LEAD_BYTES = 6;

  private static final int LENGTH_BYTES = 2;
  private static final int SUITE_BYTES = 3;
  private static final int MAX_BYTES = 2048;

  private Sslv2Hello() {}

  /** Whether the first six bytes can begin one. */
  static boolean canBegin(ByteBuf buffer, int offset) {
    int version = buffer.getUnsignedShort(offset + 3);
    int length = messageLength(buffer, offset);
    return buffer.getByte(offset) < 0
        && buffer.getByte(offset + 2) == ClientHelloParser.TYPE_CLIENT_HELLO
        && (version == 0x0002 || (version >= 0x0300 && version <= 0x0304))
        && length > HEADER_BYTES
        && length <= MAX_BYTES;
  }

  /** Length of the message with its length field. */
  static int messageLength(ByteBuf buffer, int offset) {
    return LENGTH_BYTES + (buffer.getUnsignedShort(offset) & 0x7fff);
  }

  /** Reads a message that is there whole. */
  static HelloStatus parse(ByteBuf buffer, int offset, int length, ClientHello hello) {
    hello.clear();
    int suites = buffer.getUnsignedShort(offset + 5);
    int session = buffer.getUnsignedShort(offset + 7);
    int challenge = buffer.getUnsignedShort(offset + 9);
    if (suites % SUITE_BYTES != 0
        || suites == 0
        || HEADER_BYTES + suites + session + challenge != length) {
      return HelloStatus.MALFORMED;
    }
    hello.sslv2Format = true;
    hello.legacyVersion = buffer.getUnsignedShort(offset + 3);
    hello.highestVersion = hello.legacyVersion;
    int start = offset + HEADER_BYTES;
    ClientHelloParser.readSuites(buffer, start, start + suites, SUITE_BYTES, hello);
    return HelloStatus.COMPLETE;
  }
}
