// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

import java.util.List;

/**
 * A bar that fills a share of its place, made of one or several parts side by side. Inner ends fall
 * on whole columns; the end of the bar is drawn to an eighth where glyphs allow it, and a bar of
 * any share above 0 is seen.
 *
 * @param parts from left to right; their shares add up to 1 at most
 */
public record Bar(List<Part> parts) implements Cell {
  private static final int EIGHTHS = 8;

  /** How a part is filled where tones alone do not tell parts apart. */
  public enum Texture {
    /** Solid. */
    FULL,
    /** Half dense. */
    MEDIUM,
    /** Thin, as an empty track. */
    LIGHT
  }

  /**
   * A part of a bar.
   *
   * @param share of the place, 0 to 1
   */
  public record Part(double share, Tone tone, Texture texture) {}

  /** A solid bar. */
  public static Bar of(double share, Tone tone) {
    return new Bar(List.of(new Part(share, tone, Texture.FULL)));
  }

  @Override
  public int width() {
    return 0;
  }

  @Override
  public Text within(int columns, Glyphs glyphs) {
    Text bar = Text.EMPTY;
    double end = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      end = Math.min(1, end + Math.max(0, part.share()));
      boolean last = i == parts.size() - 1;
      int wanted = (int) Math.round(end * columns * EIGHTHS) - bar.width() * EIGHTHS;
      int least = last && bar.width() == 0 && end > 0 ? 1 : 0;
      bar = bar.plus(draw(part, Math.max(least, wanted), last, glyphs));
    }
    return bar;
  }

  private static Text draw(Part part, int eighths, boolean last, Glyphs glyphs) {
    boolean fine = last && part.texture() == Texture.FULL;
    int full = fine ? eighths / EIGHTHS : (eighths + EIGHTHS / 2) / EIGHTHS;
    int rest = fine ? eighths % EIGHTHS : 0;
    String end = rest == 0 ? "" : glyphs.eighths(rest);
    return Text.of(glyphs.texture(part.texture()).repeat(full) + end, part.tone());
  }
}
