// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

/** Addresses as text; IPv4 is held v4-mapped, as everywhere on the packet road. */
public final class AddressText {
  private static final long V4_MAPPED = 0xffffL;
  private static final int GROUPS = 8;

  private AddressText() {}

  /** Whether the halves hold an IPv4 address. */
  public static boolean v4(long high, long low) {
    return high == 0 && low >>> 32 == V4_MAPPED;
  }

  /** The address, IPv6 in the form of RFC 5952. */
  public static String of(long high, long low) {
    if (v4(high, low)) {
      return (low >>> 24 & 255)
          + "."
          + (low >>> 16 & 255)
          + "."
          + (low >>> 8 & 255)
          + "."
          + (low & 255);
    }
    return v6(high, low);
  }

  private static int group(long high, long low, int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
  }

  private static String v6(long high, long low) {
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int length = 0;
      while (i + length < GROUPS && group(high, low, i + length) == 0) {
        length++;
      }
      if (length > bestLength) {
        bestStart = i;
        bestLength = length;
      }
      i += length;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == bestStart) {
        text.append("::");
        i += bestLength - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(high, low, i)));
      }
    }
    return text.toString();
  }
}
