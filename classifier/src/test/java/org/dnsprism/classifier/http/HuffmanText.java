// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.http;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The Huffman code of RFC 7541, appendix B, for text: it is canonical, so that the characters in
 * the order of their codes, for each length, say everything.
 */
final class HuffmanText {
  private static final Map<Character, String> CODES = new HashMap<>();

  static {
    int code = 0;
    code = add(code, 5, "012aceiost") << 1;
    code = add(code, 6, " %-./3456789=A_bdfghlmnpru") << 1;
    code = add(code, 7, ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz") << 1;
    code = add(code, 8, "&*,;XZ") << 2;
    add(code, 10, "!\"()?");
  }

  private HuffmanText() {}

  private static int add(int first, int bits, String characters) {
    int code = first;
    for (int i = 0; i < characters.length(); i++) {
      String digits = Integer.toBinaryString(code | (1 << bits)).substring(1);
      CODES.put(characters.charAt(i), digits);
      code++;
    }
    return code;
  }

  /** The text's code, filled up with ones to whole bytes (section 5.2). */
  static byte[] encode(String text) {
    String bits = bits(text);
    return bytes(bits + "1".repeat((8 - bits.length() % 8) % 8));
  }

  /** The whole bytes that begin the code of every text that begins with this one. */
  static byte[] commonBytes(String text) {
    String bits = bits(text);
    return bytes(bits.substring(0, bits.length() / 8 * 8));
  }

  private static String bits(String text) {
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      String code = CODES.get(text.charAt(i));
      if (code == null) {
        throw new IllegalArgumentException("not in the table: " + text.charAt(i));
      }
      bits.append(code);
    }
    return bits.toString();
  }

  private static byte[] bytes(String bits) {
    byte[] signed = new BigInteger("1".repeat(8) + bits, 2).toByteArray();
    return Arrays.copyOfRange(signed, signed.length - bits.length() / 8, signed.length);
  }
}
