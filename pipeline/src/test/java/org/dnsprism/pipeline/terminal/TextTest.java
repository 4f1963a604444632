// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({"abc, 3", "Zürich, 6", "Zu\u0308rich, 6", "日本, 4", "한국, 4", "█▏━, 3", "😀, 2"})
  void widthIsInColumns(String text, int expected) {
    assertEquals(expected, Text.of(text).width());
  }

  @Test
  void tonesAreWrittenAndReset() {
    Text text = Text.of("a").plus("b", Tone.STRONG).plus("c", Tone.hue(33));
    assertEquals("a\u001b[1mb\u001b[0m\u001b[38;5;33mc\u001b[0m", text.render(true));
    assertEquals("abc", text.render(false));
  }

  @Test
  void spacesAtTheEndGoEvenIfToned() {
    Text text = Text.of("a").plus("b \u00a0", Tone.STRONG).plus("  ", Tone.FAINT).plus(" ");
    assertEquals("ab", text.render(false));
    assertEquals("a\u001b[1mb\u001b[0m", text.render(true));
    assertEquals("", Text.of("   ").render(true));
  }

  @Test
  void noBreakSpaceComesOutAsSpace() {
    assertEquals("40 %", Text.of("40\u00a0%").render(false));
  }

  @Test
  void controlCharactersBecomeQuestionMarks() {
    assertEquals("a?b?c?", Text.of("a\u001bb\nc\u202e").toString());
  }

  @Test
  void cutTextEndsInEllipsisAndFits() {
    Text text = Text.of("four ").plus("words", Tone.STRONG);
    assertSame(text, text.within(10, Glyphs.UNICODE));
    assertEquals("four wor…", text.within(9, Glyphs.UNICODE).toString());
    assertEquals("four…", text.within(5, Glyphs.UNICODE).toString());
    assertEquals("fo~", text.within(3, Glyphs.ASCII).toString());
    assertEquals("…", text.within(1, Glyphs.UNICODE).toString());
  }

  @Test
  void cutNeverSplitsAWideCharacter() {
    assertEquals("日…", Text.of("日本語").within(4, Glyphs.UNICODE).toString());
    assertEquals("日本…", Text.of("日本語").within(5, Glyphs.UNICODE).toString());
  }
}
