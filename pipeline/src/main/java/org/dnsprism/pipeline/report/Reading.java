// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import org.dnsprism.pipeline.terminal.Tone;

/**
 * What a Herfindahl-Hirschman index means, in the bands of the United States' Horizontal Merger
 * Guidelines of 2010, section 5.3.
 */
enum Reading {
  NOT("not concentrated"),
  MODERATELY("moderately concentrated"),
  HIGHLY("highly concentrated");

  private static final double MODERATE_FROM = 0.15;
  private static final double MODERATE_TO = 0.25;

  private final String words;

  Reading(String words) {
    this.words = words;
  }

  /**
   * The reading of an index.
   *
   * @param hhi 0 to 1
   */
  static Reading of(double hhi) {
    if (hhi < MODERATE_FROM) {
      return NOT;
    }
    return hhi <= MODERATE_TO ? MODERATELY : HIGHLY;
  }

  String words() {
    return words;
  }

  Tone tone() {
    return switch (this) {
      case NOT -> Tone.GOOD;
      case MODERATELY -> Tone.CAUTION;
      case HIGHLY -> Tone.ALARM;
    };
  }
}
