// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * What about a connection's exchanges speaks for or against DNS. Each trait is a number from 0 to 1
 * with a weight; docs/suspected.md tells where the weights come from.
 */
enum Trait {
  /** Share of exchanges. */
  SMALL_REQUESTS(1.5, "requests of 60 to 300 bytes"),
  /** Share of exchanges. */
  SMALL_ANSWERS(3.8, "small answers, none empty"),
  /** Geometric mean of answer to request 0.5 to 3. */
  BALANCED(4.7, "answers about as large as requests"),
  /** Standard deviation 2 to 22 % of the mean. */
  SIMILAR_REQUESTS(4.6, "requests of similar but different sizes"),
  /** Standard deviation above 30 % of the mean. */
  UNLIKE_REQUESTS(-1.5, "requests of very different sizes"),
  /** Share of exchanges. */
  IN_PARTS(3.5, "requests of a head and a body"),
  /** Share of exchanges. */
  TWINS(2.6, "requests at once of the same size"),
  /** Share of exchanges. */
  SLOW(-0.8, "answers later than 400 ms");

  /** Where a connection without any trait stands. */
  static final double BASE = -13.6;

  private final double weight;
  private final String words;

  Trait(double weight, String words) {
    this.weight = weight;
    this.words = words;
  }

  double weight() {
    return weight;
  }

  String words() {
    return words;
  }

  /** 0 to 1. */
  double of(ExchangeMeter meter) {
    return switch (this) {
      case SMALL_REQUESTS -> meter.shareOfSmallRequests();
      case SMALL_ANSWERS -> meter.shareOfSmallAnswers();
      case BALANCED -> within(meter.answerRatio(), 0.5, 3.0);
      case SIMILAR_REQUESTS -> within(meter.requestVariation(), 0.02, 0.22);
      case UNLIKE_REQUESTS -> within(meter.requestVariation(), 0.3, Double.MAX_VALUE);
      case IN_PARTS -> meter.shareInParts();
      case TWINS -> meter.shareOfTwins();
      case SLOW -> meter.shareOfSlow();
    };
  }

  private static double within(double value, double low, double high) {
    return value >= low && value <= high ? 1 : 0;
  }
}
