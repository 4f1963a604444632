// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParagraphTest {
  @Test
  void linesBreakBetweenWords() {
    assertEquals(List.of("one two", "three", "four"), lines("one two three four", 8));
    assertEquals(List.of("one two three four"), lines("one two three four", 18));
  }

  @Test
  void noBreakSpaceHoldsWordsTogether() {
    assertEquals(List.of("share", "40 %"), lines("share 40\u00a0%", 8));
  }

  @Test
  void wordThatIsTooLongIsCut() {
    assertEquals(List.of("a", "bcdefgh…", "i"), lines("a bcdefghijkl i", 8));
  }

  @Test
  void manySpacesCountAsOne() {
    assertEquals(List.of("a b"), lines("  a   b ", 8));
    assertEquals(List.of(), lines("   ", 8));
  }

  @Test
  void tonesSurviveTheBreak() {
    Text text = Text.of("plain ").plus("bold", Tone.STRONG).plus("er word", Tone.PLAIN);
    List<Text> lines = Paragraph.lines(text, 7, Glyphs.UNICODE);
    assertEquals("\u001b[1mbold\u001b[0mer", lines.get(1).render(true));
  }

  private static List<String> lines(String text, int width) {
    return Paragraph.lines(Text.of(text), width, Glyphs.UNICODE).stream()
        .map(Text::toString)
        .toList();
  }
}
