// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoadShedderTest {
  private static final long MILLI = 1_000_000;

  private final LoadShedder shedder = new LoadShedder(0);
  private long now;

  private int after(long millis, double fill, boolean dropped) {
    now += millis * MILLI;
    shedder.report(fill, dropped, now);
    return shedder.level();
  }

  @Test
  void emptyRingsShedNothing() {
    for (int i = 0; i < 100; i++) {
      assertEquals(0, after(100, 0.4, false));
    }
  }

  @Test
  void fullRingsShedMoreStepByStepUpToABound() {
    assertEquals(1, after(100, 0.6, false));
    assertEquals(1, after(100, 0.9, false), "the first step has not taken effect yet");
    assertEquals(2, after(100, 0.9, false));
    for (int i = 0; i < 100; i++) {
      after(200, 1, true);
    }
    assertEquals(LoadShedder.MAX_LEVEL, shedder.level());
  }

  @Test
  void droppedFramesAreEnough() {
    assertEquals(1, after(100, 0, true));
  }

  @Test
  void comesBackStepByStepWhenAllRingsAreCalm() {
    after(100, 0.6, false);
    assertEquals(2, after(300, 0.6, false));
    assertEquals(2, after(4900, 0, false));
    assertEquals(1, after(200, 0, false));
    assertEquals(1, after(4900, 0, false));
    assertEquals(0, after(200, 0, false));
  }

  @Test
  void oneRingThatFillsKeepsAllFromComingBack() {
    after(100, 0.6, false);
    for (int i = 0; i < 100; i++) {
      after(50, 0, false);
      assertEquals(1, after(50, 0.2, false), "another worker's ring");
    }
  }
}
