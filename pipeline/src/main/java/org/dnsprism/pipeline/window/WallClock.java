// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The ticks of wall-clock time at which the workers of a live run close windows and hand over what
 * they have. Each worker has a clock of its own; all that begin at the same time tick alike.
 */
final class WallClock {
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final InstantSource time;
  private final long startNanos;
  private long next;

  /**
   * Makes a clock.
   *
   * @param startNanos when the run began, in nanoseconds since 1970
   */
  WallClock(InstantSource time, long startNanos) {
    this.time = time;
    this.startNanos = startNanos;
    next = startNanos + TICK_NANOS;
  }

  /** When the run began, in nanoseconds since 1970. */
  long startNanos() {
    return startNanos;
  }

  /** The time of the next tick that is due, in nanoseconds since 1970, or -1 when none is. */
  long nextTick() {
    if (TimeUnit.MILLISECONDS.toNanos(time.millis()) < next) {
      return -1;
    }
    long due = next;
    next += TICK_NANOS;
    return due;
  }
}
