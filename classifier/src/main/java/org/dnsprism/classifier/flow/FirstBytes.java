// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.dns.DnsCrypt;

/** What the first bytes of one side of a TCP connection look like. */
final class FirstBytes {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int RECORD_HEADER_BYTES = 5;
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;
  private static final int SSL_MAJOR = 3;
  private static final int SSLV2_CLIENT_HELLO = 1;
  private static final int DNS_HEADER_BYTES = 12;
  private static final int MAX_OPCODE = 6;

  /** With so many bytes nothing here needs more: the length and header of a DNS message. */
  static final int ENOUGH = 2 + DNS_HEADER_BYTES;

  private FirstBytes() {}

  /** The record of a hello, where a record's first bytes alone could be the length of a message. */
  static boolean hello(ByteBuf buffer, int offset, int length) {
    return clientHello(buffer, offset, length) || serverHello(buffer, offset, length);
  }

  /** A TLS record (RFC 8446, section 5.1), or a hello in the format of SSL 2. */
  static boolean tls(ByteBuf buffer, int offset, int length, boolean fromClient) {
    int type = buffer.getUnsignedByte(offset);
    if (type >= CHANGE_CIPHER_SPEC && type <= APPLICATION_DATA) {
      return length == 1 || buffer.getUnsignedByte(offset + 1) == SSL_MAJOR;
    }
    if (!fromClient || type < 0x80) {
      return false;
    }
    // No other protocol that is read here begins so: a few bytes are enough to wait for more.
    return length < 4
        || (buffer.getUnsignedByte(offset + 2) == SSLV2_CLIENT_HELLO
            && (buffer.getUnsignedByte(offset + 3) == SSL_MAJOR
                || buffer.getUnsignedByte(offset + 3) == 0));
  }

  /** A record with the start of a ClientHello. */
  static boolean clientHello(ByteBuf buffer, int offset, int length) {
    return hello(buffer, offset, length, CLIENT_HELLO);
  }

  /** A record with the start of a ServerHello. */
  static boolean serverHello(ByteBuf buffer, int offset, int length) {
    return hello(buffer, offset, length, SERVER_HELLO);
  }

  private static boolean hello(ByteBuf buffer, int offset, int length, int type) {
    return length > RECORD_HEADER_BYTES
        && buffer.getUnsignedByte(offset) == HANDSHAKE
        && buffer.getUnsignedByte(offset + 1) == SSL_MAJOR
        && buffer.getUnsignedByte(offset + RECORD_HEADER_BYTES) == type;
  }

  /** The method of an HTTP request, a status line, or the preface of HTTP/2 (RFC 9113). */
  static boolean http(ByteBuf buffer, int offset, int length) {
    if (length < 4) {
      return false;
    }
    return switch (buffer.getInt(offset)) {
      case 0x47455420 /* GET */,
          0x504f5354 /* POST */,
          0x48454144 /* HEAD */,
          0x50555420 /* PUT */,
          0x4f505449 /* OPTI */,
          0x50524920 /* PRI */,
          0x48545450 /* HTTP */ ->
          true;
      default -> false;
    };
  }

  /**
   * The length and header of a framed DNS message (RFC 1035, section 4.2.2): a known opcode, the
   * reserved bit clear, at most one question, and no more records than the length has room for.
   */
  static boolean framedDns(ByteBuf buffer, int offset, int length) {
    if (length < ENOUGH) {
      return false;
    }
    int message = buffer.getUnsignedShort(offset);
    int flags = buffer.getUnsignedShort(offset + 4);
    int questions = buffer.getUnsignedShort(offset + 6);
    return message > DNS_HEADER_BYTES
        && (flags >>> 11 & 15) < MAX_OPCODE
        && (flags & 0x40) == 0
        && questions == 1
        && buffer.getUnsignedShort(offset + 8) < message / 10;
  }

  /**
   * The length of a framed DNSCrypt message, and the message: the resolver's magic, that of a
   * relay, or from the client a whole query, which is padded to a multiple of 64 bytes.
   */
  static boolean framedDnsCrypt(ByteBuf buffer, int offset, int length, boolean fromClient) {
    if (length < ENOUGH) {
      return false;
    }
    int message = buffer.getUnsignedShort(offset);
    boolean query = fromClient && message == length - 2 && DnsCrypt.queryLength(message);
    return query
        || DnsCrypt.response(buffer, offset + 2, length - 2)
        || DnsCrypt.relayHead(buffer, offset + 2, length - 2);
  }
}
