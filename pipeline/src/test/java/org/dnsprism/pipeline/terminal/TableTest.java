// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table =
      new Table(
          Column.label("name"),
          Column.right("count", 1),
          Column.left("remark", 2),
          Column.fill("", 3));

  TableTest() {
    table.row(Text.of("a"), Text.of("1,234"), Text.of("some longer remark"), bar(0.5));
    table.row(Text.of("longer"), Text.of("9"), Text.of("short"), bar(1));
  }

  @Test
  void cellsStandUnderEachOther() {
    assertEquals(
        List.of(
            "name    count  remark",
            "a       1,234  some longer remark  ████",
            "longer      9  short               ████████"),
        draw(43));
  }

  @Test
  void barTakesWhatIsLeft() {
    assertEquals("longer      9  short               ██████████", draw(45).get(2));
  }

  @Test
  void textIsCutBeforeAColumnGoes() {
    assertEquals("a       1,234  some long…  ████", draw(35).get(1));
  }

  @Test
  void highestRankGoesFirst() {
    assertEquals("a       1,234  some longer…", draw(27).get(1));
    assertEquals("a       1,234", draw(24).get(1));
    assertEquals("a", draw(12).get(1));
  }

  @Test
  void figuresAreWholeWhileAnythingElseCanGiveWay() {
    for (int width = 13; width < 60; width++) {
      assertTrue(draw(width).get(1).startsWith("a       1,234"), "at width " + width);
    }
  }

  @Test
  void noLineIsWiderThanAsked() {
    for (int width = 1; width < 60; width++) {
      for (String line : draw(width)) {
        assertTrue(line.length() <= width, line);
      }
    }
  }

  @Test
  void wideCharactersDoNotMoveTheNextColumn() {
    Table names = new Table(Column.label("n"), Column.right("c", 0));
    names.row(Text.of("日本"), Text.of("1"));
    names.row(Text.of("ab"), Text.of("2"));
    List<Text> lines = names.lines(20, Glyphs.UNICODE);
    assertEquals("日本  1", lines.get(1).toString());
    assertEquals("ab    2", lines.get(2).toString());
  }

  @Test
  void rowMustFitTheColumns() {
    assertThrows(IllegalArgumentException.class, () -> table.row(Text.of("a")));
  }

  private static Bar bar(double share) {
    return Bar.of(share, Tone.PLAIN);
  }

  private List<String> draw(int width) {
    return table.lines(width, Glyphs.UNICODE).stream().map(Text::toString).toList();
  }
}
