// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

/**
 * Tells in which tumbling window of event time a frame lies and when windows are over. Windows are
 * numbered from 0, the one of the first frame. A window is over when a frame is so much later than
 * its end as frames may be late; frames that come later still are counted in the oldest open
 * window, and counted as late.
 */
final class EventClock {
  /** A leap in time gives at most so many windows of zeros: a day of minutes. */
  private static final int MAX_EMPTY_WINDOWS = 1440;

  private final long windowNanos;
  private final long latenessNanos;
  private boolean started;
  private long firstNanos;
  private long firstIndex;
  private long latestNanos;
  private long currentStart;
  private long currentEnd;
  private int current;
  private int oldestOpen;
  private int newest;
  private long overAtNanos;

  /**
   * Makes a clock that has not seen a frame.
   *
   * @param windowNanos length of a window, more than 0
   * @param latenessNanos how late a frame may be, 0 or more
   */
  EventClock(long windowNanos, long latenessNanos) {
    this.windowNanos = windowNanos;
    this.latenessNanos = latenessNanos;
  }

  /** Whether a frame with this time ends a window; close windows first, then ask for its own. */
  boolean endsWindow(long timeNanos) {
    return started && timeNanos >= overAtNanos;
  }

  /**
   * Closes the oldest open window if the time says so.
   *
   * @return its number, or -1 when no further window is over
   */
  int closeNext(long timeNanos) {
    if (!endsWindow(timeNanos)) {
      return -1;
    }
    int closed = oldestOpen;
    long due = indexOf(timeNanos - latenessNanos) - firstIndex;
    boolean leap = closed >= newest && due - closed > MAX_EMPTY_WINDOWS;
    oldestOpen = leap ? number(due - MAX_EMPTY_WINDOWS) : closed + 1;
    newest = Math.max(newest, oldestOpen);
    overAtNanos = endOf(oldestOpen) + latenessNanos;
    return closed;
  }

  /** The number of the window in which a frame is counted. */
  int windowOf(long timeNanos) {
    if (!started) {
      start(timeNanos);
    }
    if (timeNanos > latestNanos) {
      latestNanos = timeNanos;
    }
    if (timeNanos < currentStart || timeNanos >= currentEnd) {
      current = number(indexOf(timeNanos) - firstIndex);
      currentStart = indexOf(timeNanos) * windowNanos;
      currentEnd = currentStart + windowNanos;
      newest = Math.max(newest, current);
    }
    return Math.max(current, oldestOpen);
  }

  /** Whether the frame last asked for came too late for its own window. */
  boolean late() {
    return current < oldestOpen;
  }

  /** Time goes on without a frame. */
  void advance(long timeNanos) {
    latestNanos = Math.max(latestNanos, timeNanos);
  }

  /** Begins with the window of a time, before any frame. */
  void start(long timeNanos) {
    started = true;
    firstNanos = timeNanos;
    firstIndex = indexOf(timeNanos);
    latestNanos = timeNanos;
    currentStart = firstIndex * windowNanos;
    currentEnd = currentStart + windowNanos;
    overAtNanos = currentEnd + latenessNanos;
  }

  private long indexOf(long timeNanos) {
    return Math.floorDiv(timeNanos, windowNanos);
  }

  /** Times in a capture can be nonsense: numbers that would not fit are held at the bounds. */
  private static int number(long index) {
    return (int) Math.max(Integer.MIN_VALUE / 2, Math.min(Integer.MAX_VALUE / 2, index));
  }

  private long endOf(int window) {
    return (firstIndex + window + 1) * windowNanos;
  }

  boolean started() {
    return started;
  }

  /** The time of the first frame, in nanoseconds since 1970. */
  long firstNanos() {
    return firstNanos;
  }

  /** The latest time seen, in nanoseconds since 1970. */
  long latestNanos() {
    return latestNanos;
  }

  /** The oldest window that is not closed. */
  int oldestOpen() {
    return oldestOpen;
  }

  /** The newest window that a frame was counted in. */
  int newest() {
    return newest;
  }

  /** Start of a window in nanoseconds since 1970. */
  long startOf(int window) {
    return (firstIndex + window) * windowNanos;
  }
}
