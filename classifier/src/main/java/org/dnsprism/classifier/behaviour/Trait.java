// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * What about a connection's exchanges speaks for or against DNS. Each trait is a number from 0 to 1
 * with a weight; docs/suspected.md tells where the weights come from.
 */
enum Trait {
  /** Share of exchanges. */
  SMALL_REQUESTS(2.5, "requests of 60 to 300 bytes"),
  /** Share of exchanges. */
  SMALL_ANSWERS(3.0, "small answers, none empty"),
  /** Geometric mean of answer to request 0.5 to 3. */
  BALANCED(2.0, "answers about as large as requests"),
  /** Share of exchanges. */
  NOT_SMALLER(1.0, "answers no smaller than questions"),
  /** Standard deviation above 30 % of the mean. */
  UNLIKE_REQUESTS(-2.5, "requests of very different sizes"),
  /** Share of exchanges. */
  TWINS(1.0, "requests at once of the same size"),
  /** 0 for half of the exchanges, 1 for all. */
  PADDED(5.0, "questions as long as padded ones"),
  /** 0 for an excess of 1, 1 for 2 or more. */
  GROWING(4.0, "answers longer than questions by the same amounts");

  /** Where a connection without any trait stands. */
  static final double BASE = -10.3;

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
      case NOT_SMALLER -> meter.shareNotSmaller();
      case UNLIKE_REQUESTS -> within(meter.requestVariation(), 0.3, Double.MAX_VALUE);
      case TWINS -> meter.shareOfTwins();
      case PADDED -> ramp(2 * meter.shareOfPadded() - 1);
      case GROWING -> ramp(meter.growth() - 1);
    };
  }

  private static double within(double value, double low, double high) {
    return value >= low && value <= high ? 1 : 0;
  }

  private static double ramp(double value) {
    return Math.max(0, Math.min(1, value));
  }
}
