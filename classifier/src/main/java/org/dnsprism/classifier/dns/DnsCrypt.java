// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Recognises DNSCrypt: the magic of a resolver's response, and the query for a certificate. */
public final class DnsCrypt {
  /** {@code r6fnvWj8}, the first eight bytes of every encrypted response. */
  private static final long RESOLVER_MAGIC = 0x7236666e76576a38L;

  /** Magic 8, nonce 24, authentication tag 16, and at least one block of padding. */
  private static final int MIN_RESPONSE_BYTES = 48;

  /** Client magic 8, public key 32, nonce 12, authentication tag 16. */
  private static final int QUERY_HEAD_BYTES = 68;

  private static final int PADDING_BLOCK = 64;

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
