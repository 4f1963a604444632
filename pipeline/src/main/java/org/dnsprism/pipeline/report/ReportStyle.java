// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import org.dnsprism.pipeline.terminal.Glyphs;

/**
 * What the terminal that shows a report can do.
 *
 * @param width columns that no line exceeds; taken as {@value #LEAST_WIDTH} if smaller and as
 *     {@value #MOST_WIDTH} if larger
 * @param color whether tones are written as ANSI sequences; the caller looks at {@code NO_COLOR}
 *     and at whether the output is a terminal
 * @param unicode whether more than ASCII can be shown
 */
public record ReportStyle(int width, boolean color, boolean unicode) {
  /** Columns that the report needs. */
  public static final int LEAST_WIDTH = 60;

  /** Columns beyond which lines get hard to follow. */
  public static final int MOST_WIDTH = 160;

  /** Brings the width within its bounds. */
  public ReportStyle {
    width = Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, width));
  }

  Glyphs glyphs() {
    return unicode ? Glyphs.UNICODE : Glyphs.ASCII;
  }
}
