// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.List;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Paragraph;
import org.dnsprism.pipeline.terminal.Table;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;

/** Takes the sections of a report and puts them under each other. */
final class Page {
  private static final int INDENT = 2;

  private final ReportStyle style;
  private final StringBuilder lines = new StringBuilder();

  Page(ReportStyle style) {
    this.style = style;
  }

  Glyphs glyphs() {
    return style.glyphs();
  }

  /** Columns within the margin. */
  int room() {
    return style.width() - INDENT;
  }

  /** A line at the very left. */
  void title(Text text) {
    write(text.within(style.width(), glyphs()));
  }

  /** A section begins. */
  void heading(String title, String remark) {
    Text left = Text.of(title, Tone.STRONG).plus(" ");
    Text right = remark.isEmpty() ? Text.EMPTY : Text.of(" " + remark, Tone.FAINT);
    int rule = Math.max(1, style.width() - left.width() - right.width());
    write(Text.EMPTY);
    title(left.plus(glyphs().rule().repeat(rule), Tone.FAINT).plus(right));
  }

  void paragraph(Text text) {
    for (Text line : Paragraph.lines(text, room(), glyphs())) {
      write(Text.of(" ".repeat(INDENT)).plus(line));
    }
  }

  /** Facts on one line, or on as many as they need, none of them torn apart. */
  void facts(List<Text> facts) {
    Text line = Text.EMPTY;
    for (int i = 0; i < facts.size(); i++) {
      boolean last = i == facts.size() - 1;
      line = line.plus(facts.get(i));
      line = last ? line : line.plus("\u00a0" + glyphs().separator() + " ", Tone.FAINT);
    }
    paragraph(line);
  }

  void table(Table table) {
    for (Text line : table.lines(room(), glyphs())) {
      write(Text.of(" ".repeat(INDENT)).plus(line));
    }
  }

  private void write(Text line) {
    lines.append(line.render(style.color())).append('\n');
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
