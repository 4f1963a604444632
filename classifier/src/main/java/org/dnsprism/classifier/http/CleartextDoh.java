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

  /** The most bytes at the end of a piece that can begin what the next piece completes. */
  public static final int MAX_SEAM = MEDIA_TYPE.length - 1;

  private CleartextDoh() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the first bytes of a client's stream, or of the server's, speak of DNS. */
  public static boolean in(ByteBuf buffer, int offset, int length) {
    return containsMediaType(buffer, offset, length)
        || contains(buffer, offset, length, PATH)
        || contains(buffer, offset, length, PARAMETER)
        || contains(buffer, offset, length, HPACK_PATH)
        || contains(buffer, offset, length, HPACK_MEDIA_TYPE);
  }

  /** Types are compared without regard to case (RFC 9110, section 8.3.1), paths are not. */
  private static boolean containsMediaType(ByteBuf buffer, int offset, int length) {
    int last = offset + length - MEDIA_TYPE.length;
    for (int at = offset; at <= last; at++) {
      int i = 0;
      while (i < MEDIA_TYPE.length && lower(buffer.getByte(at + i)) == MEDIA_TYPE[i]) {
        i++;
      }
      if (i == MEDIA_TYPE.length) {
        return true;
      }
    }
    return false;
  }

  private static int lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }

  private static boolean contains(ByteBuf buffer, int offset, int length, byte[] word) {
    int last = offset + length - word.length;
    for (int at = offset; at <= last; at++) {
      int i = 0;
      while (i < word.length && buffer.getByte(at + i) == word[i]) {
        i++;
      }
      if (i == word.length) {
        return true;
      }
    }
    return false;
  }
}
