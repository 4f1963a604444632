// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GlyphsTest {
  @Test
  void asciiKeepsLettersAndDropsTheirMarks() {
    assertEquals("Zurich", Glyphs.ASCII.name("Zürich"));
    assertEquals("Zurich", Glyphs.ASCII.name("Zu\u0308rich"));
    assertEquals("fi", Glyphs.ASCII.name("\ufb01"));
    assertEquals("??", Glyphs.ASCII.name("日本"));
    assertEquals("?", Glyphs.ASCII.name("\u007f"));
  }

  @Test
  void unicodeKeepsAllThatIsShown() {
    assertEquals("Zürich 日本 😀", Glyphs.UNICODE.name("Zürich 日本 😀"));
  }

  @Test
  void whatSteersATerminalIsShownAsUnreadable() {
    String hostile = "a\u001b[31m\u0000\u009b\u200b\u202e\u2028\ue000\ud800z";
    assertEquals("a?[31m???????z", Glyphs.UNICODE.name(hostile));
    assertEquals("a?[31m???????z", Glyphs.ASCII.name(hostile));
  }
}
