// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/**
 * Seeded randomness: SplitMix64 (Steele, Lea and Flood, 2014). Logarithms and powers are those of
 * {@link StrictMath}, so that a seed gives the same traffic on every machine.
 */
final class Dice {
  private static final double UNIT = 0x1p-53;

  private long state;

  Dice(long seed) {
    state = seed;
  }

  /** Dice for one of many things that have a common seed. */
  static Dice of(long seed, long number) {
    return new Dice(mixed(seed ^ mixed(number + 1)));
  }

  long next() {
    state += 0x9E3779B97F4A7C15L;
    return mixed(state);
  }

  /** A bijection of 64 bits whose results look random. */
  static long mixed(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** 0 to {@code bound} - 1. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** {@code from} to {@code to}, both included. */
  int between(int from, int to) {
    return from + below(to - from + 1);
  }

  /** 0 to below 1. */
  double unit() {
    return (next() >>> 11) * UNIT;
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** Exponentially distributed with the given mean, at least 1. */
  long exponential(double mean) {
    return 1 + (long) (-mean * StrictMath.log(1 - unit()));
  }

  /** 0 to {@code count} - 1, each about as frequent as 1 / (rank + 1) to the power of s. */
  int zipf(int count, double exponent) {
    double u = unit();
    double rank;
    if (exponent == 1) {
      rank = StrictMath.exp(u * StrictMath.log(count + 1.0));
    } else {
      double power = 1 - exponent;
      rank = StrictMath.pow((StrictMath.pow(count + 1.0, power) - 1) * u + 1, 1 / power);
    }
    return Math.min(count, (int) rank) - 1;
  }

  /** Pareto distributed from {@code least} on, cut at {@code most}. */
  double pareto(double least, double most, double exponent) {
    double cut = 1 - StrictMath.pow(least / most, exponent);
    return least / StrictMath.pow(1 - unit() * cut, 1 / exponent);
  }
}
