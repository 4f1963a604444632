// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

import java.util.ArrayList;
import java.util.List;

/** Breaks a text into lines between words; a word that no line can hold is cut off. */
public final class Paragraph {
  private final int width;
  private final Glyphs glyphs;
  private final List<Text> lines = new ArrayList<>();
  private Text line = Text.EMPTY;
  private Text word = Text.EMPTY;

  private Paragraph(int width, Glyphs glyphs) {
    this.width = width;
    this.glyphs = glyphs;
  }

  /**
   * The lines of a text.
   *
   * @param width columns of a line, 1 or more
   */
  public static List<Text> lines(Text text, int width, Glyphs glyphs) {
    Paragraph paragraph = new Paragraph(width, glyphs);
    for (Text.Piece piece : text.pieces()) {
      String[] words = piece.text().split(" ", -1);
      for (int i = 0; i < words.length; i++) {
        if (i > 0) {
          paragraph.endWord();
        }
        paragraph.word = paragraph.word.plus(words[i], piece.tone());
      }
    }
    paragraph.endWord();
    paragraph.endLine();
    return paragraph.lines;
  }

  private void endWord() {
    if (word.width() == 0) {
      return;
    }
    if (line.width() > 0 && line.width() + 1 + word.width() > width) {
      endLine();
    }
    line = line.width() == 0 ? word.within(width, glyphs) : line.plus(" ").plus(word);
    word = Text.EMPTY;
  }

  private void endLine() {
    if (line.width() > 0) {
      lines.add(line);
    }
    line = Text.EMPTY;
  }
}
