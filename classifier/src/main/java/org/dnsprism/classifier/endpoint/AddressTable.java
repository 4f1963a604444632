// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the rule for a server address.
 *
 * <p>One open-addressing table holds addresses and prefixes, the length being part of the key; a
 * look-up probes once for each length that occurs, longest first. Like {@link NameTable} it is
 * filled from trusted lists only and at most half full.
 */
final class AddressTable {
  private static final int EMPTY = -1;

  private final long[] highs;
  private final long[] lows;
  private final int[] lengths;
  private final int[] indexes;
  private final int[] lengthsDescending;

  /** Builds the table; rules of other kinds are left out, their indexes stay free. */
  AddressTable(List<Endpoint> endpoints) {
    long count = endpoints.stream().filter(endpoint -> !endpoint.kind().isName()).count();
    int capacity = Integer.highestOneBit((int) count * 2 + 1) * 2;
    highs = new long[capacity];
    lows = new long[capacity];
    lengths = new int[capacity];
    indexes = new int[capacity];
    Arrays.fill(indexes, EMPTY);
    boolean[] occurs = new boolean[AddressBlock.ADDRESS_BITS + 1];
    for (int i = 0; i < endpoints.size(); i++) {
      if (!endpoints.get(i).kind().isName()) {
        AddressBlock block = block(endpoints.get(i));
        put(block, i);
        occurs[block.length()] = true;
      }
    }
    lengthsDescending = descending(occurs);
  }

  private static AddressBlock block(Endpoint endpoint) {
    return endpoint.kind() == MatchKind.ADDRESS
        ? AddressBlock.parseAddress(endpoint.value())
        : AddressBlock.parsePrefix(endpoint.value());
  }

  private static int[] descending(boolean[] occurs) {
    int[] found = new int[occurs.length];
    int count = 0;
    for (int length = occurs.length - 1; length >= 0; length--) {
      if (occurs[length]) {
        found[count++] = length;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private void put(AddressBlock block, int index) {
    int slot = slot(block.high(), block.low(), block.length());
    while (indexes[slot] != EMPTY) {
      slot = (slot + 1) & (indexes.length - 1);
    }
    highs[slot] = block.high();
    lows[slot] = block.low();
    lengths[slot] = block.length();
    indexes[slot] = index;
  }

  /** Index of the rule of the address or of the longest prefix around it, or -1. */
  int find(long high, long low) {
    for (int length : lengthsDescending) {
      long networkHigh = high & AddressBlock.highMask(length);
      long networkLow = low & AddressBlock.lowMask(length);
      int slot = slot(networkHigh, networkLow, length);
      while (indexes[slot] != EMPTY) {
        if (lows[slot] == networkLow && highs[slot] == networkHigh && lengths[slot] == length) {
          return indexes[slot];
        }
        slot = (slot + 1) & (indexes.length - 1);
      }
    }
    return -1;
  }

  private int slot(long high, long low, int length) {
    long hash = high ^ Long.rotateLeft(low * 0x9e3779b97f4a7c15L, 31) ^ length;
    hash *= 0xbf58476d1ce4e5b9L;
    hash ^= hash >>> 32;
    hash *= 0x94d049bb133111ebL;
    return (int) (hash >>> 33) & (indexes.length - 1);
  }
}
