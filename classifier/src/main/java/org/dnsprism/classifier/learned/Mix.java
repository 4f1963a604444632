// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

/** Hashes of what is learned, equal in all shards. */
final class Mix {
  private static final long PRIME = 0x9e3779b97f4a7c15L;

  private Mix() {}

  static long of(long hash, long value) {
    long mixed = (hash ^ value) * PRIME;
    return (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L;
  }

  static long of(long hash, byte[] bytes, int length) {
    long mixed = hash;
    for (int i = 0; i < length; i++) {
      mixed = (mixed ^ bytes[i]) * PRIME;
    }
    return of(mixed, length);
  }
}
