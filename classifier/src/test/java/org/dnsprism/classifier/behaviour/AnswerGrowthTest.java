// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerGrowthTest {
  private final AnswerGrowth growth = new AnswerGrowth(64);

  @Test
  void constantDifferencesStandOut() {
    Random random = new Random(768);
    for (int i = 0; i < 25; i++) {
      int question = 60 + random.nextInt(50);
      growth.add(question, question + 16 * (1 + random.nextInt(3))); // one to three A records
    }
    assertTrue(growth.excess() > 2, "" + growth.excess());
  }

  @Test
  void answersThatHaveNothingToDoWithRequestsDoNot() {
    Random random = new Random(1035);
    int high = 0;
    for (int flow = 0; flow < 500; flow++) {
      growth.reset();
      for (int i = 0; i < 30; i++) {
        growth.add(80 + random.nextInt(100), 100 + random.nextInt(100));
      }
      high += growth.excess() > 2.5 ? 1 : 0;
    }
    assertTrue(high <= 5, "" + high); // a normal variable exceeds 2.5 in 0.6 % of cases
  }

  @Test
  void sameRequestsSayNothing() {
    for (int i = 0; i < 30; i++) {
      growth.add(100, 160);
    }
    assertEquals(0, growth.excess());
  }

  @Test
  void sameAnswersToDifferentRequestsSayNothing() {
    for (int i = 0; i < 30; i++) {
      growth.add(100 + 5 * i, 160);
    }
    assertEquals(0, growth.excess());
  }

  @Test
  void moreThanTheBoundIsLeftOut() {
    for (int i = 0; i < 64; i++) {
      growth.add(100, 160);
    }
    for (int i = 0; i < 64; i++) {
      growth.add(60 + 4 * i, 90 + 4 * i);
    }
    assertEquals(0, growth.excess());
  }
}
