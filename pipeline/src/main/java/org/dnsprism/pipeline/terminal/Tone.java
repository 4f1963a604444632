// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

/**
 * How a piece of text is set off, as the parameters of a Select Graphic Rendition sequence
 * (ECMA-48, 8.3.117).
 *
 * @param sgr parameters between {@code ESC [} and {@code m}; empty for plain text
 */
public record Tone(String sgr) {
  /** As the terminal writes by itself. */
  public static final Tone PLAIN = new Tone("");

  /** Headings and the figures that matter most. */
  public static final Tone STRONG = new Tone("1");

  /** Column headings, rules and remarks. */
  public static final Tone FAINT = new Tone("2");

  /** As it should be. */
  public static final Tone GOOD = new Tone("32");

  /** Worth a look. */
  public static final Tone CAUTION = new Tone("33");

  /** Wrong. */
  public static final Tone ALARM = new Tone("1;31");

  /**
   * A colour of the 256-colour palette, whose upper part is the same on all terminals.
   *
   * @param index 16 to 255
   */
  public static Tone hue(int index) {
    return new Tone("38;5;" + index);
  }
}
