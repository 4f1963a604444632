// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the traffic consists of: the share of each kind among the flows. */
final class Mix {
  /** A link of an access network: a few per cent of the packets are DNS, most are transfers. */
  static final Mix MIXED =
      new Mix(
          "mixed",
          16,
          200_000,
          shares(0.42, 0.004, 0.006, 0.012, 0.003, 0.001, 0.002),
          shares(0.26, 0.13, 0.03, 0.03, 0.06, 0.04, 0.002));

  /** In front of resolvers: four fifths of the packets are DNS in the clear. */
  static final Mix DNS =
      new Mix(
          "dns",
          3.55,
          40_000,
          shares(0.949, 0.012, 0.003, 0.004, 0.001, 0.0005, 0.0015),
          shares(0.008, 0.004, 0.001, 0.001, 0.004, 0.01, 0.001));

  /** Flows that begin in the first part, wait, and go on in the second: all are open at once. */
  static final Mix HELD =
      new Mix(
          "held",
          20,
          200_000,
          shares(0.1, 0.004, 0.01, 0.02, 0.006, 0.002, 0.008),
          shares(0.6, 0.25, 0, 0, 0, 0, 0));

  private static final List<Mix> ALL = List.of(MIXED, DNS, HELD);

  private final String label;
  private final double packetsForFlow;
  private final int rate;
  private final Map<Kind, Double> shares = new EnumMap<>(Kind.class);

  private Mix(String label, double packetsForFlow, int rate, double[] dns, double[] rest) {
    this.label = label;
    this.packetsForFlow = packetsForFlow;
    this.rate = rate;
    for (Kind kind : Kind.values()) {
      int at = kind.ordinal();
      int of = at - dns.length;
      shares.put(kind, at < dns.length ? dns[at] : of < rest.length ? rest[of] : 0.0);
    }
  }

  private static double[] shares(double... values) {
    return values;
  }

  /**
   * A mix by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Mix of(String label) {
    for (Mix mix : ALL) {
      if (mix.label.equals(label)) {
        return mix;
      }
    }
    throw new IllegalArgumentException(label + " is none of mixed, dns and held");
  }

  /** The name that the command line and the truth use. */
  String label() {
    return label;
  }

  /** Packets for each flow unless something else is asked for. */
  double packetsForFlow() {
    return packetsForFlow;
  }

  /** Packets in a second of the capture's time unless something else is asked for. */
  int rate() {
    return rate;
  }

  /** A kind, drawn by the shares. */
  Kind draw(Dice dice) {
    double left = dice.unit();
    for (Map.Entry<Kind, Double> entry : shares.entrySet()) {
      left -= entry.getValue();
      if (left < 0) {
        return entry.getKey();
      }
    }
    return Kind.DO53_UDP;
  }

  /**
   * How much content flows have to have on average for a number of frames.
   *
   * @param frames frames for each flow, over all kinds
   * @return packets of content of a flow that has content, at least 2
   */
  double content(double frames) {
    double left = frames;
    double forContent = 0;
    for (Map.Entry<Kind, Double> entry : shares.entrySet()) {
      left -= entry.getValue() * entry.getKey().frames();
      forContent += entry.getValue() * entry.getKey().framesForContent();
    }
    return Math.max(2, left / forContent);
  }
}
