// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** What a client of the web fetches over one connection: pages and downloads up to a size. */
final class Transfer {
  private static final int SEGMENT = 1400;

  private final Dice dice;
  private long packets;

  /**
   * @param packets packets of content of all responses together
   */
  Transfer(Dice dice, long packets) {
    this.dice = dice;
    this.packets = packets;
  }

  boolean isDone() {
    return packets <= 0;
  }

  /** Bytes of the next request. */
  int request() {
    return 120 + (int) Math.min(1_100, dice.exponential(280));
  }

  /** Bytes of the next response; what is large comes as one or few. */
  long response() {
    long part = Math.min(packets, 1 + (long) dice.pareto(2, 40_000, 0.9));
    packets -= part;
    return part * SEGMENT - dice.below(SEGMENT / 2);
  }

  /** Nanoseconds until the next request: most follow at once, some when the user has read. */
  long pause() {
    return dice.chance(0.8)
        ? 2 * Flow.MILLISECOND + dice.exponential(40 * Flow.MILLISECOND)
        : dice.exponential(4L * Flow.SECOND);
  }
}
