// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A distribution of durations in microseconds with two significant digits, up to a minute; longer
 * ones count as a minute. Nothing is allocated before the first value.
 */
public final class Latencies {
  private static final long MAX_MICROS = 60_000_000;
  private static final int SIGNIFICANT_DIGITS = 2;

  private @Nullable Histogram histogram;

  void addNanos(long nanos) {
    made().recordValue(Math.min(MAX_MICROS, Math.max(0, nanos) / 1000));
  }

  void addAll(Latencies other) {
    if (other.histogram != null) {
      made().add(other.histogram);
    }
  }

  private Histogram made() {
    Histogram present = histogram;
    if (present == null) {
      present = new Histogram(SIGNIFICANT_DIGITS);
      present.setAutoResize(true);
      histogram = present;
    }
    return present;
  }

  /** How many durations were recorded. */
  public long count() {
    return histogram == null ? 0 : histogram.getTotalCount();
  }

  /**
   * The duration that a share of all is not above, in microseconds; 0 when there is none.
   *
   * @param percentile 0 to 100
   */
  public long percentileMicros(double percentile) {
    return histogram == null ? 0 : histogram.getValueAtPercentile(percentile);
  }

  /** The longest duration in microseconds, within the histogram's precision. */
  public long maxMicros() {
    return histogram == null ? 0 : histogram.getMaxValue();
  }

  /** HdrHistogram's V2 compressed encoding in base64, or null when nothing was recorded. */
  public @Nullable String encoded() {
    Histogram present = histogram;
    if (present == null) {
      return null;
    }
    // The range is part of the encoding: a fixed one makes it depend on the values alone.
    Histogram fixed = new Histogram(1, MAX_MICROS, SIGNIFICANT_DIGITS);
    fixed.add(present);
    ByteBuffer buffer = ByteBuffer.allocate(fixed.getNeededByteBufferCapacity());
    int length = fixed.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }
}
