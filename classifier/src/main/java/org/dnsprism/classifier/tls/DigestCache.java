// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import java.util.Arrays;

/**
 * Digests of lists of 16-bit values that were met before: the same few programs open most
 * connections, and their lists are the same each time. A list is compared whole, so that what a
 * stranger sends can cost a digest but never change one. Bounded; the newest takes the place of an
 * older one. Makes no garbage. Not thread-safe.
 */
final class DigestCache {
  private static final int ENTRIES = 64;

  /** Longer lists are not kept. */
  private static final int MAX_VALUES = 64;

  /** Leaves as many of 32 bits as the entries have. */
  private static final int ENTRY_SHIFT = 32 - 6;

  private static final int HASH_PRIME = 0x9e3779b1;

  private final char[] lists = new char[ENTRIES * MAX_VALUES];
  private final int[] lengths = new int[ENTRIES];
  private final byte[] digests;
  private final int digestBytes;

  /**
   * Makes one without lists.
   *
   * @param digestBytes length of each digest
   */
  DigestCache(int digestBytes) {
    this.digestBytes = digestBytes;
    digests = new byte[ENTRIES * digestBytes];
  }

  /**
   * Looks for a list.
   *
   * @param text takes the digest at {@code at}, if there is one
   * @return whether there is one
   */
  boolean find(char[] list, int length, byte[] text, int at) {
    int entry = entry(list, length);
    int first = entry * MAX_VALUES;
    if (length == 0
        || lengths[entry] != length
        || !Arrays.equals(lists, first, first + length, list, 0, length)) {
      return false;
    }
    System.arraycopy(digests, entry * digestBytes, text, at, digestBytes);
    return true;
  }

  /** Keeps the digest that stands at {@code at} in {@code text}. */
  void keep(char[] list, int length, byte[] text, int at) {
    if (length <= MAX_VALUES) {
      int entry = entry(list, length);
      System.arraycopy(list, 0, lists, entry * MAX_VALUES, length);
      lengths[entry] = length;
      System.arraycopy(text, at, digests, entry * digestBytes, digestBytes);
    }
  }

  private static int entry(char[] list, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = (hash + list[i]) * HASH_PRIME;
    }
    return hash >>> ENTRY_SHIFT;
  }
}
