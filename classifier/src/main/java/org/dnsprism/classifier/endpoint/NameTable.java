// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the rule for a server name.
 *
 * <p>The names of all rules stand in one pool of bytes, and two open-addressing tables (exact,
 * suffix) point into it. A name is hashed once, from its end to its start, so that the hash of each
 * of its suffixes comes by the way: a look-up reads every byte once, and probes once for each
 * label. Most names are no resolver's and are told apart by their last bytes alone. The tables are
 * filled from trusted lists and never grow afterwards, so that remote names can only probe them;
 * they are at most half full.
 */
final class NameTable {
  /** Longest name in text (RFC 1035, section 2.3.4). */
  static final int MAX_NAME_LENGTH = 253;

  private static final long PRIME = 0x100000001b3L;
  private static final int EMPTY = -1;

  /** Most bytes at the end of a name that say at once that it is in no rule. */
  private static final int MAX_ENDING = 8;

  private static final int ENDING_BITS_PER_RULE = 16;

  private final byte[] pool;
  private final int[] starts;
  private final int[] exactSlots;
  private final int[] suffixSlots;
  private final int endingLength;
  private final long[] endings;

  /** Builds the tables; rules of other kinds are left out, their indexes stay free. */
  NameTable(List<Endpoint> endpoints) {
    starts = new int[endpoints.size() + 1];
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < endpoints.size(); i++) {
      Endpoint endpoint = endpoints.get(i);
      names.append(endpoint.kind().isName() ? endpoint.value() : "");
      starts[i + 1] = names.length();
    }
    pool = names.toString().getBytes(StandardCharsets.US_ASCII);
    exactSlots = slots(endpoints, MatchKind.EXACT);
    suffixSlots = slots(endpoints, MatchKind.SUFFIX);
    int shortest = MAX_ENDING;
    for (Endpoint endpoint : endpoints) {
      shortest =
          endpoint.kind().isName() ? Math.min(shortest, endpoint.value().length()) : shortest;
    }
    endingLength = shortest;
    endings = new long[Integer.highestOneBit(endpoints.size() * ENDING_BITS_PER_RULE / 64 + 1) * 2];
    for (int i = 0; i < endpoints.size(); i++) {
      if (starts[i + 1] > starts[i]) {
        int bit = ending(pool, starts[i + 1]);
        endings[bit >>> 6] |= 1L << bit;
      }
    }
  }

  /** Number of the bit for the last bytes of a name. */
  private int ending(byte[] name, int end) {
    long bytes = 0;
    for (int at = end - endingLength; at < end; at++) {
      bytes = bytes << 8 | (name[at] & 0xff);
    }
    long mixed = bytes * 0x9e3779b97f4a7c15L;
    return (int) ((mixed ^ mixed >>> 32) >>> 20) & ((endings.length << 6) - 1);
  }

  private int[] slots(List<Endpoint> endpoints, MatchKind kind) {
    long count = endpoints.stream().filter(endpoint -> endpoint.kind() == kind).count();
    int[] slots = new int[Integer.highestOneBit((int) count * 2 + 1) * 2];
    Arrays.fill(slots, EMPTY);
    for (int i = 0; i < endpoints.size(); i++) {
      if (endpoints.get(i).kind() == kind) {
        long hash = 0;
        for (int at = starts[i + 1] - 1; at >= starts[i]; at--) {
          hash = step(hash, pool[at]);
        }
        int slot = slot(hash, slots);
        while (slots[slot] != EMPTY) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = i;
      }
    }
    return slots;
  }

  /** Index of the rule with the longest match, exact before suffix, or -1. */
  int find(byte[] name, int offset, int length) {
    int end = offset + length;
    if (length < endingLength || length <= 0 || length > MAX_NAME_LENGTH) {
      return -1;
    }
    int bit = ending(name, end);
    if ((endings[bit >>> 6] & 1L << bit) == 0) {
      return -1;
    }
    int best = -1;
    long hash = 0;
    for (int at = end - 1; at >= offset; at--) {
      hash = step(hash, name[at]);
      if (at == offset || name[at - 1] == '.') {
        int found = probe(suffixSlots, hash, name, at, end - at);
        best = found >= 0 ? found : best;
      }
    }
    int exact = probe(exactSlots, hash, name, offset, length);
    return exact >= 0 ? exact : best;
  }

  private int probe(int[] slots, long hash, byte[] name, int offset, int length) {
    int slot = slot(hash, slots);
    while (slots[slot] != EMPTY) {
      int index = slots[slot];
      if (Arrays.equals(pool, starts[index], starts[index + 1], name, offset, offset + length)) {
        return index;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  private static long step(long hash, byte value) {
    return (hash ^ value) * PRIME;
  }

  private static int slot(long hash, int[] slots) {
    long mixed = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> 33) & (slots.length - 1);
  }
}
