// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.Arrays;

/**
 * Hashes of the connection identifiers that Initials of a QUIC flow were seen to go to: those that
 * the client made up, and those that the server gave itself. The oldest make room.
 */
final class KnownConnections {
  private final long[] hashes = new long[4];
  private int next;

  void reset() {
    Arrays.fill(hashes, 0);
    next = 0;
  }

  /** Whether there is none. */
  boolean isEmpty() {
    return hashes[0] == 0;
  }

  boolean has(long hash) {
    for (long known : hashes) {
      if (known == hash) {
        return true;
      }
    }
    return false;
  }

  /** Adds a hash; 0 stands for none. */
  void add(long hash) {
    if (hash != 0 && !has(hash)) {
      hashes[next] = hash;
      next = next + 1 < hashes.length ? next + 1 : 0;
    }
  }
}
