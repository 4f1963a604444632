// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;

/**
 * Reads a ClientHello handshake message (RFC 8446, section 4.1.2).
 *
 * <pre>
 *  0         1                   4         6                  38
 * +---------+-------------------+---------+------------------+----
 * | type 1  |  length (24 bit)  | version |  random (32 B)   | ...
 * +---------+-------------------+---------+------------------+----
 *   ... session id &lt;0..32&gt;, cipher suites &lt;2..2^16-2&gt;, compression &lt;1..2^8-1&gt;,
 *       extensions &lt;0..2^16-1&gt;
 * </pre>
 *
 * Lengths are checked against the bytes at hand before they are used; nothing is thrown and nothing
 * allocated. A message that is cut off is read as far as it goes.
 */
public final class ClientHelloParser {
  /** Longest message read, header included. */
  public static final int MAX_MESSAGE_BYTES = 1 << 16;

  static final int HEADER_BYTES = 4;
  static final int TYPE_CLIENT_HELLO = 1;

  private static final int VERSION_OFFSET = 4;
  private static final int SESSION_ID_OFFSET = VERSION_OFFSET + 2 + 32;
  private static final int MAX_SESSION_ID_BYTES = 32;

  private ClientHelloParser() {}

  /**
   * Reads a message that begins at {@code offset}.
   *
   * @param length bytes at hand; more than the message is allowed
   * @param hello cleared, then filled as far as the status says
   */
  public static HelloStatus parse(ByteBuf buffer, int offset, int length, ClientHello hello) {
    hello.clear();
    return parse(buffer, offset, length, hello, false);
  }

  /**
   * Reads the second hello of a connection, which follows a HelloRetryRequest (RFC 8446, section
   * 4.1.4). Server name, versions and fingerprint stay those of the first.
   */
  static HelloStatus parseSecond(ByteBuf buffer, int offset, int length, ClientHello hello) {
    hello.clearNegotiable();
    hello.retried = true;
    return parse(buffer, offset, length, hello, true);
  }

  /** The 24-bit length of the handshake message at {@code offset}, header not included. */
  static int bodyLength(ByteBuf buffer, int offset) {
    return buffer.getUnsignedMedium(offset + 1);
  }

  private static HelloStatus parse(
      ByteBuf buffer, int offset, int length, ClientHello hello, boolean second) {
    if (length > 0 && buffer.getByte(offset) != TYPE_CLIENT_HELLO) {
      return HelloStatus.NOT_CLIENT_HELLO;
    }
    if (length < HEADER_BYTES) {
      hello.truncated = true;
      return HelloStatus.NEED_MORE;
    }
    int messageLength = HEADER_BYTES + bodyLength(buffer, offset);
    if (messageLength > MAX_MESSAGE_BYTES) {
      return HelloStatus.MALFORMED;
    }
    hello.truncated = length < messageLength;
    int end = offset + Math.min(length, messageLength);
    boolean sound = readBody(buffer, offset, end, hello, second);
    if (hello.truncated) {
      return HelloStatus.NEED_MORE;
    }
    return sound ? HelloStatus.COMPLETE : HelloStatus.MALFORMED;
  }

  /** Whether all vectors lie within the message. */
  private static boolean readBody(
      ByteBuf buffer, int offset, int end, ClientHello hello, boolean second) {
    int position = offset + SESSION_ID_OFFSET;
    if (position >= end) {
      return false;
    }
    int version = buffer.getUnsignedShort(offset + VERSION_OFFSET);
    int sessionIdLength = buffer.getUnsignedByte(position);
    position += 1 + sessionIdLength;
    if (version >>> 8 != 3 || sessionIdLength > MAX_SESSION_ID_BYTES || position + 2 > end) {
      return false;
    }
    int suitesLength = buffer.getUnsignedShort(position);
    int suites = position + 2;
    position = suites + suitesLength;
    if ((suitesLength & 1) != 0 || position >= end) {
      return false;
    }
    if (!second) {
      hello.legacyVersion = version;
      hello.highestVersion = version;
      readSuites(buffer, suites, position, 2, hello);
    }
    position += 1 + buffer.getUnsignedByte(position);
    return position == end
        || (position + 2 <= end && readExtensions(buffer, position, end, hello, second));
  }

  private static boolean readExtensions(
      ByteBuf buffer, int position, int end, ClientHello hello, boolean second) {
    int blockEnd = position + 2 + buffer.getUnsignedShort(position);
    boolean sound = blockEnd <= end;
    return HelloExtensions.read(buffer, position + 2, Math.min(blockEnd, end), hello, second)
        && sound;
  }

  /**
   * Reads a list of cipher suites.
   *
   * @param stride bytes for each suite: 2, or 3 in the format of SSL version 2, where the last two
   *     are the suite when the first is 0
   */
  static void readSuites(ByteBuf buffer, int offset, int end, int stride, ClientHello hello) {
    for (int position = offset; position + stride <= end; position += stride) {
      int suite = buffer.getUnsignedShort(position + stride - 2);
      boolean foreign = stride == 3 && buffer.getByte(position) != 0;
      if (foreign || Grease.isGrease(suite)) {
        continue;
      }
      if (hello.suiteCount == ClientHello.MAX_SUITES) {
        hello.overflowed = true;
        return;
      }
      hello.suites[hello.suiteCount++] = (char) suite;
    }
  }
}
