// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * Draws screens on a terminal, one over the other, on its alternate screen: what was there before
 * comes back when this is closed (control sequences of xterm). Each screen is written at once.
 */
final class LiveDisplay implements AutoCloseable {
  private static final String ESCAPE = "\u001b[";
  private static final String BEGIN = ESCAPE + "?1049h" + ESCAPE + "?25l" + ESCAPE + "?7l";
  private static final String END = ESCAPE + "?7h" + ESCAPE + "?25h" + ESCAPE + "?1049l";
  private static final String HOLD = ESCAPE + "?2026h";
  private static final String SHOW = ESCAPE + "?2026l";
  private static final String HOME = ESCAPE + "H";
  private static final String REST_OF_LINE = ESCAPE + "K";
  private static final String REST_OF_SCREEN = ESCAPE + "J";

  private final PrintStream out;
  private boolean open;

  /** Takes a terminal over. */
  LiveDisplay(PrintStream out) {
    this.out = out;
    open = true;
    out.print(BEGIN);
    out.flush();
  }

  /** Draws a screen; it must fit the terminal. */
  void draw(List<String> lines) {
    StringBuilder screen = new StringBuilder(HOLD).append(HOME);
    for (int i = 0; i < lines.size(); i++) {
      screen.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(REST_OF_LINE);
    }
    screen.append(REST_OF_SCREEN).append(SHOW);
    out.print(screen);
    out.flush();
  }

  /** Gives the terminal back as it was. */
  @Override
  public void close() {
    if (open) {
      open = false;
      out.print(END);
      out.flush();
    }
  }
}
