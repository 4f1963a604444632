// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.Arrays;
import java.util.Map;
import org.dnsprism.pipeline.record.WindowRecord.Concentration;
import org.jspecify.annotations.Nullable;

/**
 * How concentrated traffic is over those who receive it. Traffic whose receiver is unknown is left
 * out of the shares, since it is not one receiver, and told apart as a share of all.
 */
public final class ConcentrationIndex {
  private static final double SEVENTY = 0.7;
  private static final double NINETY = 0.9;

  /** Sums of doubles that should be a bound can be a hair below it. */
  private static final double ROUNDING = 1e-12;

  private ConcentrationIndex() {}

  /**
   * Computes the figures.
   *
   * @param amounts what each known receiver got, 0 or more
   * @param unknown what unknown receivers got
   * @return null when no known receiver got anything
   */
  public static @Nullable Concentration of(Map<String, Long> amounts, long unknown) {
    long[] sorted = amounts.values().stream().mapToLong(Long::longValue).sorted().toArray();
    double total = Arrays.stream(sorted).sum();
    if (total <= 0) {
      return null;
    }
    double hhi = 0;
    for (long amount : sorted) {
      double share = amount / total;
      hhi += share * share;
    }
    return new Concentration(
        hhi,
        largest(sorted, 1, total),
        largest(sorted, 3, total),
        largest(sorted, 5, total),
        1 / hhi,
        needed(sorted, SEVENTY, total),
        needed(sorted, NINETY, total),
        unknown / (total + unknown));
  }

  private static double largest(long[] ascending, int count, double total) {
    long sum = 0;
    for (int i = ascending.length - 1; i >= Math.max(0, ascending.length - count); i--) {
      sum += ascending[i];
    }
    return sum / total;
  }

  private static int needed(long[] ascending, double share, double total) {
    long sum = 0;
    int count = 0;
    for (int i = ascending.length - 1; i >= 0; i--) {
      sum += ascending[i];
      count++;
      if (sum / total >= share - ROUNDING) {
        break;
      }
    }
    return count;
  }
}
