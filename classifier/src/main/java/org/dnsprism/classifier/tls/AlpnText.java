// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

/** ALPN names as text. */
public final class AlpnText {
  private AlpnText() {}

  /**
   * Joins names by commas.
   *
   * @param names each behind a byte with its length
   * @param length of all of them
   */
  public static String join(byte[] names, int length) {
    StringBuilder text = new StringBuilder(length);
    int offset = 0;
    while (offset < length) {
      int nameLength = names[offset] & 0xff;
      if (offset > 0) {
        text.append(',');
      }
      for (int i = 1; i <= nameLength; i++) {
        append(text, names[offset + i] & 0xff);
      }
      offset += 1 + nameLength;
    }
    return text.toString();
  }

  private static void append(StringBuilder text, int octet) {
    if (octet > ' ' && octet < 0x7f && octet != ',' && octet != '\\') {
      text.append((char) octet);
    } else {
      text.append("\\x")
          .append(Character.forDigit(octet >> 4, 16))
          .append(Character.forDigit(octet & 15, 16));
    }
  }
}
