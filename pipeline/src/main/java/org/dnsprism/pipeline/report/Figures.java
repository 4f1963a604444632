// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.Locale;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.jspecify.annotations.Nullable;

/**
 * Quantities in words and figures, the same in every locale. A no-break space stands between figure
 * and unit.
 */
final class Figures {
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final double THOUSAND = 1000;
  private static final double PERCENT = 100;
  private static final double HHI_POINTS = 10_000;
  private static final double LEAST_PERCENT = 0.1;
  private static final double MOST_PERCENT = 99.9;
  private static final long SECONDS_PER_MINUTE = 60;
  private static final long MINUTES_PER_HOUR = 60;
  private static final long HOURS_PER_DAY = 24;

  private Figures() {}

  /** A number with thousands separators. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number and what is counted, such as {@code 1 flow} or {@code 2,000 flows}. */
  static String count(long number, String one, String many) {
    return count(number) + "\u00a0" + (number == 1 ? one : many);
  }

  /** An estimate with its bounds, such as {@code ~1,200 (900 to 1,500)}. */
  static String estimate(long likely, long low, long high) {
    String bounds =
        low == high ? "" : "\u00a0(" + count(low) + "\u00a0to\u00a0" + count(high) + ")";
    return "~" + count(likely) + bounds;
  }

  /** Bytes to three figures in decimal units. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (threeFiguresReach(value) && unit < BYTE_UNITS.length - 1) {
      value /= THOUSAND;
      unit++;
    }
    String figures = unit == 0 ? Long.toString(bytes) : threeFigures(value);
    return figures + "\u00a0" + BYTE_UNITS[unit];
  }

  private static boolean threeFiguresReach(double value) {
    return value >= THOUSAND - 0.5;
  }

  private static String threeFigures(double value) {
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A share from 0 to 1 in percent; never rounded to nothing or to all when it is not. */
  static String percent(double share) {
    double percent = share * PERCENT;
    String figures;
    if (percent > 0 && percent < LEAST_PERCENT) {
      figures = "<" + LEAST_PERCENT;
    } else if (percent < PERCENT && percent > MOST_PERCENT) {
      figures = ">" + MOST_PERCENT;
    } else {
      figures = String.format(Locale.ROOT, "%.1f", percent);
    }
    return figures + "\u00a0%";
  }

  /** A share that may not exist. */
  static String percent(@Nullable Double share, Glyphs glyphs) {
    return share == null ? glyphs.dash() : percent(share);
  }

  /** A part of a whole in percent, or a dash when there is no whole. */
  static String percent(long part, long whole, Glyphs glyphs) {
    return whole == 0 ? glyphs.dash() : percent((double) part / whole);
  }

  /** A Herfindahl-Hirschman index, 0 to 1, on its usual scale to 10,000. */
  static String hhi(double index) {
    return count(Math.round(index * HHI_POINTS));
  }

  /** A number to one decimal. */
  static String decimal(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  /** A duration in microseconds to three figures. */
  static String micros(long micros, Glyphs glyphs) {
    if (micros < THOUSAND) {
      return micros + "\u00a0" + glyphs.micros();
    }
    double millis = micros / THOUSAND;
    return threeFiguresReach(millis)
        ? threeFigures(millis / THOUSAND) + "\u00a0s"
        : threeFigures(millis) + "\u00a0ms";
  }

  /** A duration in its two largest units, the rest cut off. */
  static String duration(double seconds) {
    long whole = (long) seconds;
    if (whole < SECONDS_PER_MINUTE) {
      return threeFigures(seconds) + "\u00a0s";
    }
    long minutes = whole / SECONDS_PER_MINUTE;
    long hours = minutes / MINUTES_PER_HOUR;
    if (hours == 0) {
      return minutes + "\u00a0min\u00a0" + whole % SECONDS_PER_MINUTE + "\u00a0s";
    }
    long days = hours / HOURS_PER_DAY;
    return days == 0
        ? hours + "\u00a0h\u00a0" + minutes % MINUTES_PER_HOUR + "\u00a0min"
        : count(days) + "\u00a0d\u00a0" + hours % HOURS_PER_DAY + "\u00a0h";
  }
}
