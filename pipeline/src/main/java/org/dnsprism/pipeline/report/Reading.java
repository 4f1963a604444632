// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import org.dnsprism.pipeline.terminal.Tone;

/**
 * What a Herfindahl-Hirschman index means, in the bands of the United States' Horizontal Merger
 * Guidelines of 2010, section 5.3.
 */
enum Reading {
  LOW("low", "not concentrated"),
  MODERATE("moderate", "moderately concentrated"),
  HIGH("high", "highly concentrated");

  private static final double MODERATE_FROM = 0.15;
  private static final double MODERATE_TO = 0.25;

  private final String level;
  private final String words;

  Reading(String level, String words) {
    this.level = level;
    this.words = words;
  }

  /**
   * The reading of an index.
   *
   * @param hhi 0 to 1
   */
  static Reading of(double hhi) {
    if (hhi < MODERATE_FROM) {
      return LOW;
    }
    return hhi <= MODERATE_TO ? MODERATE : HIGH;
  }

  /** In a table. */
  String level() {
    return level;
  }

  /** In a sentence. */
  String words() {
    return words;
  }

  Tone tone() {
    return switch (this) {
      case LOW -> Tone.GOOD;
      case MODERATE -> Tone.CAUTION;
      case HIGH -> Tone.ALARM;
    };
  }
}
