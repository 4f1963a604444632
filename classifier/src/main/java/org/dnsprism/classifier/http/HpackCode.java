// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.http;

import java.util.Arrays;
import java.util.Map;

/** The Huffman code of HPACK (RFC 7541, appendix B) for the few characters that are needed. */
final class HpackCode {
  /** Code and its length in bits, as code * 64 + bits. */
  private static final Map<Character, Integer> CODES =
      Map.ofEntries(
          Map.entry('-', 0x16 << 6 | 6),
          Map.entry('/', 0x18 << 6 | 6),
          Map.entry('a', 0x3 << 6 | 5),
          Map.entry('c', 0x4 << 6 | 5),
          Map.entry('d', 0x24 << 6 | 6),
          Map.entry('e', 0x5 << 6 | 5),
          Map.entry('g', 0x26 << 6 | 6),
          Map.entry('i', 0x6 << 6 | 5),
          Map.entry('l', 0x28 << 6 | 6),
          Map.entry('m', 0x29 << 6 | 6),
          Map.entry('n', 0x2a << 6 | 6),
          Map.entry('o', 0x7 << 6 | 5),
          Map.entry('p', 0x2b << 6 | 6),
          Map.entry('q', 0x76 << 6 | 7),
          Map.entry('r', 0x2c << 6 | 6),
          Map.entry('s', 0x8 << 6 | 5),
          Map.entry('t', 0x9 << 6 | 5),
          Map.entry('u', 0x2d << 6 | 6),
          Map.entry('y', 0x7a << 6 | 7));

  private HpackCode() {}

  /**
   * The whole bytes of the text's code; bits that share a byte with what follows are left out.
   *
   * @throws IllegalArgumentException for a character whose code is not here
   */
  static byte[] encodeWhole(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    long bits = 0;
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      Integer entry = CODES.get(text.charAt(i));
      if (entry == null) {
        throw new IllegalArgumentException("no code for " + text.charAt(i));
      }
      bits = bits << (entry & 63) | entry >>> 6;
      count += entry & 63;
      while (count >= 8) {
        count -= 8;
        bytes[length++] = (byte) (bits >>> count);
      }
    }
    return Arrays.copyOf(bytes, length);
  }
}
