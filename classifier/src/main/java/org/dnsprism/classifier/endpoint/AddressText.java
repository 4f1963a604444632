// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses as text. The JDK's own parser is asked only for text with a colon, which it never takes
 * for a host name, so that no look-up can happen.
 */
final class AddressText {
  private static final int GROUPS = 8;

  private AddressText() {}

  /**
   * Reads an IPv4 or IPv6 address.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static AddressBlock parse(String text) {
    return text.indexOf(':') >= 0 ? parseV6(text) : mapped(parseV4(text));
  }

  private static AddressBlock parseV6(String text) {
    if (!text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')) {
      throw invalid(text);
    }
    byte[] bytes;
    try {
      bytes = InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      throw invalid(text);
    }
    return bytes.length == 4
        ? mapped(number(bytes, 0, 4))
        : new AddressBlock(number(bytes, 0, 8), number(bytes, 8, 8), AddressBlock.ADDRESS_BITS);
  }

  private static long parseV4(String text) {
    long address = 0;
    int start = 0;
    for (int i = 0; i < 4; i++) {
      int dot = text.indexOf('.', start);
      int end = i == 3 ? text.length() : dot;
      int octet = end < 0 ? -1 : decimal(text, start, end, 255);
      if (octet < 0) {
        throw invalid(text);
      }
      address = (address << 8) | octet;
      start = end + 1;
    }
    return address;
  }

  /** Reads decimal digits without leading zero; -1 if there are others or the limit is passed. */
  static int decimal(String text, int start, int end, int limit) {
    int number = start < end ? 0 : -1;
    for (int i = start; i < end && number >= 0; i++) {
      int digit = text.charAt(i) - '0';
      boolean leadingZero = number == 0 && i > start;
      number = digit < 0 || digit > 9 || leadingZero ? -1 : number * 10 + digit;
      if (number > limit) {
        return -1;
      }
    }
    return number;
  }

  private static AddressBlock mapped(long v4) {
    return new AddressBlock(0, (0xffffL << 32) | v4, AddressBlock.ADDRESS_BITS);
  }

  private static long number(byte[] bytes, int offset, int length) {
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = (number << 8) | (bytes[offset + i] & 0xff);
    }
    return number;
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("not an IP address: " + text);
  }

  /** Canonical text: dotted for IPv4, RFC 5952 for IPv6. */
  static String format(long high, long low, boolean v4) {
    if (v4) {
      int address = (int) low;
      return (address >>> 24)
          + "."
          + ((address >>> 16) & 0xff)
          + "."
          + ((address >>> 8) & 0xff)
          + "."
          + (address & 0xff);
    }
    int gap = longestGap(high, low);
    int gapLength = gap < 0 ? 0 : gapLength(high, low, gap);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        text.append("::");
        i += gapLength - 1;
      } else {
        boolean needsColon = i > 0 && text.charAt(text.length() - 1) != ':';
        text.append(needsColon ? ":" : "").append(Integer.toHexString(group(high, low, i)));
      }
    }
    return text.toString();
  }

  private static int group(long high, long low, int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (16 * (3 - (index & 3)))) & 0xffff;
  }

  private static int gapLength(long high, long low, int start) {
    int end = start;
    while (end < GROUPS && group(high, low, end) == 0) {
      end++;
    }
    return end - start;
  }

  /** The first of the longest runs of at least two zero groups, or -1. */
  private static int longestGap(long high, long low) {
    int best = -1;
    int bestLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int length = gapLength(high, low, i);
      if (length > bestLength) {
        best = i;
        bestLength = length;
      }
    }
    return best;
  }
}
