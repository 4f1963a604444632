// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dnsprism.pipeline.terminal.Spread.Scale;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final Scale THREE_DECADES = new Scale(1, 1000);

  @Test
  void eachDecadeTakesAThirdOfThreeDecades() {
    assertEquals("━━━━━━━───", draw(new Spread(THREE_DECADES, 1, 100, 1000, Tone.PLAIN)));
    assertEquals("   ━━━━───", draw(new Spread(THREE_DECADES, 10, 100, 1000, Tone.PLAIN)));
    assertEquals("         ━", draw(new Spread(THREE_DECADES, 1000, 1000, 1000, Tone.PLAIN)));
  }

  @Test
  void valuesOffTheScaleStandAtItsEnds() {
    assertEquals("━━━━━━━━━━", draw(new Spread(THREE_DECADES, 0, 1e9, 1e9, Tone.PLAIN)));
  }

  @Test
  void scaleOfOnePointIsAPoint() {
    assertEquals("━", draw(new Spread(new Scale(5, 5), 5, 5, 5, Tone.PLAIN)));
  }

  private static String draw(Spread spread) {
    return spread.within(10, Glyphs.UNICODE).toString();
  }
}
