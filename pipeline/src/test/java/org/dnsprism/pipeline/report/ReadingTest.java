// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
  @ParameterizedTest
  @CsvSource({
    "0.01, LOW",
    "0.1499, LOW",
    "0.15, MODERATE",
    "0.25, MODERATE",
    "0.2501, HIGH",
    "1, HIGH"
  })
  void bandsAreThoseOfTheMergerGuidelines(double hhi, Reading expected) {
    assertEquals(expected, Reading.of(hhi));
  }
}
