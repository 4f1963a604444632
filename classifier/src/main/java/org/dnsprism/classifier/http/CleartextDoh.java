// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Tells by path and media type whether cleartext HTTP carries DNS messages (RFC 8484, section 4).
 * HTTP/1.1 is read as text. In HTTP/2 the same words are looked for as they stand in a header
 * block: plain, or in the Huffman code of HPACK (RFC 7541, appendix B), which starts on a byte
 * boundary and is therefore always the same bytes.
 */
public final class CleartextDoh {
  private static final byte[] MEDIA_TYPE = ascii("application/dns-message");
  private static final byte[] PATH = ascii("/dns-query");
  private static final byte[] PARAMETER = ascii("?dns=");

  /** {@code /dns-query} in the code of HPACK, less the last byte, which the padding shares. */
  private static final byte[] HPACK_PATH = HpackCode.encodeWhole("/dns-query");

  private static final byte[] HPACK_MEDIA_TYPE = HpackCode.encodeWhole("application/dns-message");

  private static final boolean[] MAY_BEGIN = firstBytes();

  /** The most bytes at the end of a piece that can begin what the next piece completes. */
  public static final int MAX_SEAM = MEDIA_TYPE.length - 1;

  private CleartextDoh() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the first bytes of a client's stream, or of the server's, speak of DNS. */
  public static boolean in(ByteBuf buffer, int offset, int length) {
    int end = offset + length;
    for (int at = offset; at < end; at++) {
      if (MAY_BEGIN[buffer.getByte(at) & 0xff] && anyBegins(buffer, at, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyBegins(ByteBuf buffer, int at, int end) {
    return begins(buffer, at, end, PATH)
        || begins(buffer, at, end, PARAMETER)
        || begins(buffer, at, end, HPACK_PATH)
        || begins(buffer, at, end, HPACK_MEDIA_TYPE)
        || mediaTypeBegins(buffer, at, end);
  }

  /** Types are compared without regard to case (RFC 9110, section 8.3.1), paths are not. */
  private static boolean mediaTypeBegins(ByteBuf buffer, int at, int end) {
    int i = 0;
    while (i < MEDIA_TYPE.length
        && at + i < end
        && lower(buffer.getByte(at + i)) == MEDIA_TYPE[i]) {
      i++;
    }
    return i == MEDIA_TYPE.length;
  }

  private static int lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }

  private static boolean begins(ByteBuf buffer, int at, int end, byte[] word) {
    int i = 0;
    while (i < word.length && at + i < end && buffer.getByte(at + i) == word[i]) {
      i++;
    }
    return i == word.length;
  }

  /** The first bytes of all words, so that the others are passed over with one look. */
  private static boolean[] firstBytes() {
    boolean[] first = new boolean[256];
    first['A'] = true;
    for (byte[] word : new byte[][] {MEDIA_TYPE, PATH, PARAMETER, HPACK_PATH, HPACK_MEDIA_TYPE}) {
      first[word[0] & 0xff] = true;
    }
    return first;
  }
}
