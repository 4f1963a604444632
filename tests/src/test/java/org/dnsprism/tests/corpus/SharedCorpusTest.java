// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often the verdict is right, over all labelled captures. */
class SharedCorpusTest {
  @Test
  void verdictsAgreeWithLabels() throws Exception {
    Score score = new Score(SharedCaptures.provenFaults());
    for (Map.Entry<String, List<Map<String, String>>> file : SharedCaptures.flows().entrySet()) {
      RunOfCapture run = RunOfCapture.of(SharedCaptures.path(file.getKey()), 1);
      score.add(file.getValue(), run.flows());
    }
    System.out.println(score);
    assertAll(
        () -> assertTrue(score.accuracy() >= 0.999, "accuracy " + score.accuracy()),
        () -> assertTrue(score.exactMessagesAfterFaults() >= 0.998, "messages"),
        () -> assertTrue(score.falseSuspicion() <= 1 / 2000.0, "suspected without DNS"));
    for (String label : score.dnsClasses()) {
      assertAll(
          () -> assertTrue(score.precision(label) >= 0.995, label + "'s precision"),
          () -> assertTrue(score.recall(label) >= 0.99, label + "'s recall"));
    }
  }
}
