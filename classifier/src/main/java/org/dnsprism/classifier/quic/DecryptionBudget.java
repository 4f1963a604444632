// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

/**
 * How many decryptions a shard makes in each second of event time. Initials can be sent by anyone
 * at line rate and cost microseconds each. Time that runs back does not refill. Not thread-safe.
 */
public final class DecryptionBudget {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int perSecond;
  private long second = Long.MIN_VALUE;
  private int used;

  /**
   * Makes a full one.
   *
   * @param perSecond attempts in each second of event time, 1 or more
   */
  public DecryptionBudget(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Takes one attempt; false when those of this second are used up. */
  boolean take(long timeNanos) {
    long now = Math.floorDiv(timeNanos, NANOS_PER_SECOND);
    if (now > second) {
      second = now;
      used = 0;
    }
    if (used == perSecond) {
      return false;
    }
    used++;
    return true;
  }
}
