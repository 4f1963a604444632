// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Recognises DNSCrypt: the magic of a resolver's response, the head of a message for a relay, and
 * the query for a certificate (DNSCrypt version 2 and Anonymized DNSCrypt).
 */
public final class DnsCrypt {
  /** {@code r6fnvWj8}, the first eight bytes of every encrypted response. */
  private static final long RESOLVER_MAGIC = 0x7236666e76576a38L;

  /** Magic 8, nonce 24, authentication tag 16, and at least one block of padding. */
  private static final int MIN_RESPONSE_BYTES = 48;

  /** Client magic 8, public key 32, nonce 12, authentication tag 16. */
  private static final int QUERY_HEAD_BYTES = 68;

  private static final int PADDING_BLOCK = 64;

  /** The first eight bytes of a message for a relay (Anonymized DNSCrypt); two zeros follow. */
  private static final long RELAY_MAGIC = -1L;

  private static final int RELAY_ADDRESS_OFFSET = 10;
  private static final int RELAY_PORT_OFFSET = 26;
  private static final int RELAY_HEAD_BYTES = 28;

  /** The least length of a query: its head and one block of padding. */
  public static final int MIN_QUERY_BYTES = QUERY_HEAD_BYTES + PADDING_BLOCK;

  private static final byte[] CERTIFICATE_PREFIX =
      ".dnscrypt-cert.".getBytes(StandardCharsets.US_ASCII);

  private static final int TYPE_TXT = 16;

  private DnsCrypt() {}

  /** Whether the bytes are an encrypted response; queries have no magic that is known ahead. */
  public static boolean response(ByteBuf buffer, int offset, int length) {
    return length >= MIN_RESPONSE_BYTES && buffer.getLong(offset) == RESOLVER_MAGIC;
  }

  /** Whether the bytes are a message for a relay: where it is to be passed on to, and a query. */
  public static boolean relayed(ByteBuf buffer, int offset, int length) {
    return length > RELAY_HEAD_BYTES
        && relayHead(buffer, offset, length)
        && buffer.getUnsignedShort(offset + RELAY_PORT_OFFSET) != 0;
  }

  /** Whether the bytes begin as a message for a relay does. */
  public static boolean relayHead(ByteBuf buffer, int offset, int length) {
    return length >= RELAY_ADDRESS_OFFSET
        && buffer.getLong(offset) == RELAY_MAGIC
        && buffer.getUnsignedShort(offset + Long.BYTES) == 0;
  }

  /** Upper half of the address that a message for a relay is passed on to. */
  public static long relayedHigh(ByteBuf buffer, int offset) {
    return buffer.getLong(offset + RELAY_ADDRESS_OFFSET);
  }

  /** Lower half of that address; IPv4 addresses are v4-mapped. */
  public static long relayedLow(ByteBuf buffer, int offset) {
    return buffer.getLong(offset + RELAY_ADDRESS_OFFSET + Long.BYTES);
  }

  /** Whether a query can have this length: a head, and content in whole blocks. */
  public static boolean queryLength(int length) {
    return length >= MIN_QUERY_BYTES && (length - QUERY_HEAD_BYTES) % PADDING_BLOCK == 0;
  }

  /** Whether the message asks for, or gives, a certificate: TXT of {@code 2.dnscrypt-cert.name}. */
  public static boolean certificate(DnsMessage message) {
    if (message.qtype() != TYPE_TXT || message.nameLength() <= CERTIFICATE_PREFIX.length) {
      return false;
    }
    byte[] name = message.nameBytes();
    for (int i = 0; i < CERTIFICATE_PREFIX.length; i++) {
      if (name[1 + i] != CERTIFICATE_PREFIX[i]) {
        return false;
      }
    }
    return name[0] >= '1' && name[0] <= '9';
  }
}
