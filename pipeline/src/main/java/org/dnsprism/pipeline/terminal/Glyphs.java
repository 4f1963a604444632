// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

import java.text.Normalizer;

/** The characters that a terminal can show: all of Unicode, or those of ASCII alone. */
public enum Glyphs {
  /** Blocks, lines and typographic signs. */
  UNICODE,
  /** Their nearest likeness in ASCII. */
  ASCII;

  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
  private static final int HALF_OF_EIGHTHS = 4;
  private static final String UNREADABLE = "?";

  /** Stands for text that was cut off; one column. */
  public String ellipsis() {
    return either("…", "~");
  }

  /** Stands between facts on one line; one column. */
  public String separator() {
    return either("·", "|");
  }

  /** Stands between two bounds, and for a figure that does not exist; one column. */
  public String dash() {
    return either("–", "-");
  }

  /** A horizontal line, one column of it. */
  public String rule() {
    return either("─", "-");
  }

  /** Says that all is well. */
  public String tick() {
    return either("✓", "OK");
  }

  /** Says that something is wrong. */
  public String cross() {
    return either("✗", "!!");
  }

  /** The unit microsecond; two columns. */
  public String micros() {
    return either("µs", "us");
  }

  /** A line for the bulk of a distribution; one column. */
  public String thick() {
    return either("━", "=");
  }

  /** A line for the tail of a distribution; one column. */
  public String thin() {
    return either("─", "-");
  }

  /** The texture of a bar; one column. */
  public String texture(Bar.Texture texture) {
    return switch (texture) {
      case FULL -> either("█", "#");
      case MEDIUM -> either("▒", "+");
      case LIGHT -> either("░", ".");
    };
  }

  /** The end of a full bar that fills some eighths, 1 to 7, of one column. */
  String eighths(int eighths) {
    String block = String.valueOf(EIGHTHS.charAt(eighths));
    return either(block, eighths < HALF_OF_EIGHTHS ? "." : "+");
  }

  private String either(String unicode, String ascii) {
    return this == UNICODE ? unicode : ascii;
  }

  /**
   * A name from outside as it can be shown: without control and formatting characters, which could
   * steer the terminal, and without characters that the terminal lacks.
   */
  public String name(String raw) {
    String text = this == ASCII ? Normalizer.normalize(raw, Normalizer.Form.NFKD) : raw;
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .filter(point -> this == UNICODE || Character.getType(point) != Character.NON_SPACING_MARK)
        .forEach(point -> append(shown, point));
    return shown.toString();
  }

  private void append(StringBuilder shown, int point) {
    boolean readable = !Columns.controls(point) && (this == UNICODE || point <= '~');
    if (readable) {
      shown.appendCodePoint(point);
    } else {
      shown.append(UNREADABLE);
    }
  }
}
