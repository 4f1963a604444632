// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The JA4 fingerprint of a TLS client, after FoxIO's specification "JA4: TLS Client
 * Fingerprinting": what the hello offers in ten characters, then 48 bits of SHA-256 over the sorted
 * cipher suites and 48 bits over the sorted extensions and the signature algorithms, all without
 * GREASE. Makes no garbage. Not thread-safe.
 */
public final class Ja4 {
  /** Length of a fingerprint in ASCII, such as {@code t13d1516h2_8daaf6152771_e5627efa2ab1}. */
  public static final int BYTES = 36;

  private static final int HASH_CHARACTERS = 12;
  private static final int VALUE_CHARACTERS = 5;
  private static final int MAX_VALUES =
      Math.max(ClientHello.MAX_SUITES, ClientHello.MAX_EXTENSIONS + ClientHello.MAX_SCHEMES);
  private static final int SHA256_BYTES = 32;

  /** How a list begins: with the number of values that were sorted, so that no two are alike. */
  private static final int FIRST_VALUE = 1;

  private final MessageDigest sha256;
  private final byte[] digest = new byte[SHA256_BYTES];
  private final byte[] list = new byte[VALUE_CHARACTERS * MAX_VALUES];
  private final char[] values = new char[FIRST_VALUE + MAX_VALUES];
  private final DigestCache known = new DigestCache(HASH_CHARACTERS);
  private int listLength;

  /** Makes one for the hellos of a shard. */
  public Ja4() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Writes the fingerprint of a hello.
   *
   * @param quic whether the hello came in QUIC
   * @param text takes {@link #BYTES} bytes from its start
   * @return false, with nothing written, when the hello was not read whole or has an old format
   */
  public boolean write(ClientHello hello, boolean quic, byte[] text) {
    if (hello.truncated || hello.overflowed || hello.sslv2Format) {
      return false;
    }
    text[0] = (byte) (quic ? 'q' : 't');
    version(hello.highestVersion, text);
    text[3] = (byte) (hello.nameSeen ? 'd' : 'i');
    twoDigits(hello.suiteCount, text, 4);
    twoDigits(hello.extensionCount, text, 6);
    alpn(hello, text);
    text[10] = '_';
    suites(hello, text, 11);
    text[23] = '_';
    extensions(hello, text, 24);
    return true;
  }

  private static void version(int version, byte[] text) {
    int pair =
        switch (version) {
          case 0x0304 -> '1' << 8 | '3';
          case 0x0303 -> '1' << 8 | '2';
          case 0x0302 -> '1' << 8 | '1';
          case 0x0301 -> '1' << 8 | '0';
          case 0x0300 -> 's' << 8 | '3';
          default -> '0' << 8 | '0';
        };
    text[1] = (byte) (pair >>> 8);
    text[2] = (byte) pair;
  }

  private static void twoDigits(int count, byte[] text, int at) {
    int capped = Math.min(count, 99);
    text[at] = (byte) ('0' + capped / 10);
    text[at + 1] = (byte) ('0' + capped % 10);
  }

  /** First and last character of the first name, or of its hexadecimal form if not both are. */
  private static void alpn(ClientHello hello, byte[] text) {
    int length = hello.alpnCount == 0 ? 0 : hello.alpnNames[0] & 0xff;
    int first = length == 0 ? '0' : hello.alpnNames[1] & 0xff;
    int last = length == 0 ? '0' : hello.alpnNames[length] & 0xff;
    boolean readable = isAlphanumeric(first) && isAlphanumeric(last);
    text[8] = (byte) (readable ? first : hex(first >>> 4));
    text[9] = (byte) (readable ? last : hex(last));
  }

  private static boolean isAlphanumeric(int octet) {
    return (octet >= '0' && octet <= '9')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= 'a' && octet <= 'z');
  }

  private void suites(ClientHello hello, byte[] text, int at) {
    System.arraycopy(hello.suites, 0, values, FIRST_VALUE, hello.suiteCount);
    hash(hello.suiteCount, hello.schemes, 0, text, at);
  }

  private void extensions(ClientHello hello, byte[] text, int at) {
    int count = 0;
    for (int i = 0; i < hello.extensionCount; i++) {
      char type = hello.extensions[i];
      if (type != ExtensionType.SERVER_NAME && type != ExtensionType.ALPN) {
        values[FIRST_VALUE + count++] = type;
      }
    }
    hash(count, hello.schemes, hello.schemeCount, text, at);
  }

  /** Writes the digest of {@code count} values, which are sorted for it, and of others as given. */
  private void hash(int count, char[] others, int otherCount, byte[] text, int at) {
    if (count == 0) {
      Arrays.fill(text, at, at + HASH_CHARACTERS, (byte) '0');
      return;
    }
    values[0] = (char) count;
    int end = FIRST_VALUE + count;
    Arrays.sort(values, FIRST_VALUE, end);
    System.arraycopy(others, 0, values, end, otherCount);
    if (known.find(values, end + otherCount, text, at)) {
      return;
    }
    listLength = 0;
    append(values, FIRST_VALUE, count, ',');
    append(values, end, otherCount, '_');
    digest(text, at);
    known.keep(values, end + otherCount, text, at);
  }

  /** Appends values in hexadecimal with commas between them, and a separator to what is there. */
  private void append(char[] from, int first, int count, char separator) {
    for (int i = 0; i < count; i++) {
      if (listLength > 0) {
        list[listLength++] = (byte) (i == 0 ? separator : ',');
      }
      for (int shift = 12; shift >= 0; shift -= 4) {
        list[listLength++] = hex(from[first + i] >>> shift);
      }
    }
  }

  private void digest(byte[] text, int at) {
    sha256.update(list, 0, listLength);
    try {
      sha256.digest(digest, 0, SHA256_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 has 32 bytes", e);
    }
    for (int i = 0; i < HASH_CHARACTERS; i += 2) {
      text[at + i] = hex(digest[i / 2] >>> 4);
      text[at + i + 1] = hex(digest[i / 2]);
    }
  }

  private static byte hex(int digit) {
    int low = digit & 15;
    return (byte) (low < 10 ? '0' + low : 'a' + low - 10);
  }
}
