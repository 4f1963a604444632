// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.dnsprism.pipeline.terminal.Bar.Part;
import org.dnsprism.pipeline.terminal.Bar.Texture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarTest {
  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "1e-9, ▏",
    "0.0125, ▏",
    "0.05, ▌",
    "0.1, █",
    "0.25, ██▌",
    "0.9875, █████████▉",
    "1, ██████████",
    "7, ██████████"
  })
  void shareOfTenColumns(double share, String expected) {
    assertEquals(expected, draw(Bar.of(share, Tone.PLAIN), Glyphs.UNICODE));
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "1e-9, .", "0.24, ##.", "0.26, ##+", "1, ##########"})
  void asciiHasTwoSteps(double share, String expected) {
    assertEquals(expected, draw(Bar.of(share, Tone.PLAIN), Glyphs.ASCII));
  }

  @Test
  void partsFillThePlaceTogether() {
    Bar bar =
        new Bar(
            List.of(
                new Part(0.333, Tone.PLAIN, Texture.FULL),
                new Part(0.333, Tone.PLAIN, Texture.MEDIUM),
                new Part(0.334, Tone.PLAIN, Texture.LIGHT)));
    assertEquals("███▒▒▒▒░░░", draw(bar, Glyphs.UNICODE));
    assertEquals("###++++...", draw(bar, Glyphs.ASCII));
  }

  @Test
  void manySmallPartsDoNotGrowTheBar() {
    Part crumb = new Part(0.02, Tone.PLAIN, Texture.FULL);
    assertEquals("█", draw(new Bar(List.of(crumb, crumb, crumb, crumb, crumb)), Glyphs.UNICODE));
  }

  private static String draw(Bar bar, Glyphs glyphs) {
    return bar.within(10, glyphs).toString();
  }
}
