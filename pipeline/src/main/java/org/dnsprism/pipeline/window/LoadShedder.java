// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.concurrent.TimeUnit;

/**
 * Decides, for all workers of a live run, how many of the clients are looked at: all, or one in 2,
 * 4, 8 and so on when rings fill. Each step up waits until the one before could take effect; a step
 * down comes after rings have been nearly empty for a while. Thread-safe.
 */
final class LoadShedder {
  /** At the highest level one client network in 2^this is looked at. */
  static final int MAX_LEVEL = 6;

  /** Above this fill of a ring, 0 to 1, a step up is made. */
  private static final double FULL = 0.5;

  /** Below this fill of all rings, time runs for a step down. */
  private static final double CALM = 0.1;

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(5);

  private volatile int level;
  private long lastStepNanos;
  private long lastTroubleNanos;

  /** Makes one that sheds nothing. */
  LoadShedder(long nowNanos) {
    lastStepNanos = nowNanos - STEP_NANOS;
    lastTroubleNanos = nowNanos;
  }

  /** 0 when all clients are looked at, to {@link #MAX_LEVEL}. */
  int level() {
    return level;
  }

  /**
   * A worker tells of its rings.
   *
   * @param fill how much of them holds frames that wait, 0 to 1
   * @param dropped whether frames were dropped since it last told
   * @param nowNanos of a clock that only goes forward
   */
  synchronized void report(double fill, boolean dropped, long nowNanos) {
    if (fill > CALM || dropped) {
      lastTroubleNanos = nowNanos;
    }
    boolean settled = nowNanos - lastStepNanos >= STEP_NANOS;
    if ((fill > FULL || dropped) && settled && level < MAX_LEVEL) {
      stepTo(level + 1, nowNanos);
    } else if (level > 0
        && nowNanos - lastTroubleNanos >= CALM_NANOS
        && nowNanos - lastStepNanos >= CALM_NANOS) {
      stepTo(level - 1, nowNanos);
    }
  }

  private void stepTo(int next, long nowNanos) {
    level = next;
    lastStepNanos = nowNanos;
  }
}
