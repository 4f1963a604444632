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
  private static final int LEAST_RULE = 3;

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

  /** A section begins; its remark stands at the right if there is room. */
  void heading(String title, Text remark) {
    Text left = Text.of(title, Tone.STRONG).plus(" ");
    int rule = style.width() - left.width() - remark.width() - 1;
    boolean remarked = remark.width() > 0 && rule >= LEAST_RULE;
    String line = glyphs().rule().repeat(remarked ? rule : style.width() - left.width());
    write(Text.EMPTY);
    title(left.plus(line, Tone.FAINT).plus(remarked ? Text.of(" ").plus(remark) : Text.EMPTY));
  }

  /** A section begins, with a remark in words. */
  void heading(String title, String remark) {
    heading(title, Text.of(remark, Tone.FAINT));
  }

  /** A line within the margin. */
  void line(Text text) {
    write(Text.of(" ".repeat(INDENT)).plus(text.within(room(), glyphs())));
  }

  void paragraph(Text text) {
    Paragraph.lines(text, room(), glyphs()).forEach(this::line);
  }

  /** Facts side by side, on as many lines as they need. */
  void facts(List<Text> facts) {
    Text separator = Text.of(" " + glyphs().separator() + " ", Tone.FAINT);
    Text line = Text.EMPTY;
    for (Text fact : facts) {
      Text longer = line.width() == 0 ? fact : line.plus(separator).plus(fact);
      boolean full = line.width() > 0 && longer.width() > room();
      if (full) {
        paragraph(line);
      }
      line = full ? fact : longer;
    }
    paragraph(line);
  }

  /** A paragraph with a mark before it that its further lines keep clear of. */
  void item(Text mark, Text text) {
    Text margin = Text.of(" ".repeat(INDENT)).plus(mark).plus(" ");
    for (Text line : Paragraph.lines(text, style.width() - margin.width(), glyphs())) {
      write(margin.plus(line));
      margin = Text.of(" ".repeat(margin.width()));
    }
  }

  void table(Table table) {
    table.lines(room(), glyphs()).forEach(this::line);
  }

  private void write(Text line) {
    lines.append(line.render(style.color())).append('\n');
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
