// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The JA4 fingerprint of a TLS client: three parts joined by underscores, built from the hello
 * without GREASE, following FoxIO's specification "JA4: TLS Client Fingerprinting".
 */
final class Ja4 {
  private static final HexFormat HEX = HexFormat.of();
  private static final String NOTHING = "000000000000";
  private static final int HASH_CHARACTERS = 12;

  private Ja4() {}

  static String of(ClientHello hello, boolean quic) {
    return (quic ? "q" : "t")
        + version(hello.highestVersion)
        + (hello.nameSeen ? "d" : "i")
        + twoDigits(hello.suiteCount)
        + twoDigits(hello.extensionCount)
        + alpn(hello)
        + '_'
        + suites(hello)
        + '_'
        + extensions(hello);
  }

  private static String version(int version) {
    return switch (version) {
      case 0x0304 -> "13";
      case 0x0303 -> "12";
      case 0x0302 -> "11";
      case 0x0301 -> "10";
      case 0x0300 -> "s3";
      case 0x0002 -> "s2";
      default -> "00";
    };
  }

  private static String twoDigits(int count) {
    int capped = Math.min(count, 99);
    return "" + (char) ('0' + capped / 10) + (char) ('0' + capped % 10);
  }

  /** First and last character of the first name, or of its hexadecimal form if not both are. */
  private static String alpn(ClientHello hello) {
    int length = hello.alpnCount == 0 ? 0 : hello.alpnNames[0] & 0xff;
    if (length == 0) {
      return "00";
    }
    int first = hello.alpnNames[1] & 0xff;
    int last = hello.alpnNames[length] & 0xff;
    if (isAlphanumeric(first) && isAlphanumeric(last)) {
      return "" + (char) first + (char) last;
    }
    return "" + Character.forDigit(first >> 4, 16) + Character.forDigit(last & 15, 16);
  }

  private static boolean isAlphanumeric(int octet) {
    return (octet >= '0' && octet <= '9')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= 'a' && octet <= 'z');
  }

  private static String suites(ClientHello hello) {
    char[] sorted = Arrays.copyOf(hello.suites, hello.suiteCount);
    Arrays.sort(sorted);
    return sorted.length == 0 ? NOTHING : hash(join(sorted, sorted.length));
  }

  private static String extensions(ClientHello hello) {
    char[] sorted = new char[hello.extensionCount];
    int count = 0;
    for (int i = 0; i < hello.extensionCount; i++) {
      char type = hello.extensions[i];
      if (type != ExtensionType.SERVER_NAME && type != ExtensionType.ALPN) {
        sorted[count++] = type;
      }
    }
    if (hello.extensionCount == 0) {
      return NOTHING;
    }
    Arrays.sort(sorted, 0, count);
    String types = join(sorted, count);
    return hash(
        hello.schemeCount == 0 ? types : types + '_' + join(hello.schemes, hello.schemeCount));
  }

  private static String join(char[] values, int count) {
    StringBuilder text = new StringBuilder(5 * count);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        text.append(',');
      }
      text.append(HEX.toHexDigits(values[i]));
    }
    return text.toString();
  }

  private static String hash(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(text.getBytes(StandardCharsets.US_ASCII));
      return HEX.formatHex(digest, 0, HASH_CHARACTERS / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
