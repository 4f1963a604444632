// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a shard learns until the interval closes. It does not use it before all shards know it, so
 * that verdicts do not depend on which shard saw it. Each statement is noted once in an interval.
 */
public final class LearnedNotes {
  /** Most statements that a shard notes in an interval. */
  static final int MAX_NOTES = 1024;

  private static final int SLOTS = 4 * MAX_NOTES;
  private static final long MIN_LIFE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long MAX_LIFE_NANOS = TimeUnit.HOURS.toNanos(24);

  private final long[] identities = new long[SLOTS];
  private final long[] refusals = new long[Refusal.values().length];
  private List<LearnedEndpoint> endpoints = new ArrayList<>();
  private List<EchPublicName> echNames = new ArrayList<>();
  private int noted;

  /** Makes one without notes. */
  public LearnedNotes() {}

  /** When something is to be forgotten that may be kept for so many seconds. */
  static long expiry(long timeNanos, long seconds) {
    long life = TimeUnit.SECONDS.toNanos(seconds);
    return timeNanos + Math.min(MAX_LIFE_NANOS, Math.max(MIN_LIFE_NANOS, life));
  }

  /**
   * Whether a statement is new in this interval and there is room for it; asked before anything is
   * made for it, so that repetitions cost no memory.
   *
   * @param identity hash of the statement without its time
   */
  boolean isNew(long identity) {
    long key = identity == 0 ? 1 : identity;
    int slot = (int) (key >>> 40) & (SLOTS - 1);
    while (identities[slot] != 0) {
      if (identities[slot] == key) {
        return false;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (noted == MAX_NOTES) {
      refuse(Refusal.INTERVAL_FULL);
      return false;
    }
    identities[slot] = key;
    noted++;
    return true;
  }

  void add(LearnedEndpoint endpoint) {
    endpoints.add(endpoint);
  }

  void add(EchPublicName name) {
    echNames.add(name);
  }

  /** Notes a server that a proxy was seen to pass on DNS over HTTPS for. */
  public void noteForwarded(ForwardedHost host, long timeNanos) {
    if (isNew(Mix.of(Mix.of(host.high(), host.low()), host.port()))) {
      add(host.endpoint(timeNanos, timeNanos + MAX_LIFE_NANOS));
    }
  }

  void refuse(Refusal refusal) {
    refusals[refusal.ordinal()]++;
  }

  /** How often something was refused so far. */
  public long refused(Refusal refusal) {
    return refusals[refusal.ordinal()];
  }

  /** What was noted since the last call. */
  public LearnedNews take() {
    if (noted == 0) {
      return LearnedNews.NONE;
    }
    LearnedNews news = new LearnedNews(endpoints, echNames);
    endpoints = new ArrayList<>();
    echNames = new ArrayList<>();
    Arrays.fill(identities, 0);
    noted = 0;
    return news;
  }
}
