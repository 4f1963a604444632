// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of text whose pieces may have tones. Immutable. Control characters become question
 * marks; a no-break space holds words together where a paragraph is wrapped and comes out as an
 * ordinary space.
 */
public final class Text implements Cell {
  /** Nothing. */
  public static final Text EMPTY = new Text(List.of(), 0);

  private static final char NO_BREAK_SPACE = '\u00a0';
  private static final String ESCAPE = "\u001b[";
  private static final String RESET = ESCAPE + "0m";

  private final List<Piece> pieces;
  private final int width;

  private Text(List<Piece> pieces, int width) {
    this.pieces = pieces;
    this.width = width;
  }

  /** A part of a line in one tone. */
  record Piece(String text, Tone tone) {}

  /** A text in no tone. */
  public static Text of(String text) {
    return of(text, Tone.PLAIN);
  }

  /** A text in one tone. */
  public static Text of(String text, Tone tone) {
    String shown = printable(text);
    return shown.isEmpty() ? EMPTY : new Text(List.of(new Piece(shown, tone)), Columns.of(shown));
  }

  /** So many spaces. */
  static Text spaces(int count) {
    return of(" ".repeat(Math.max(0, count)));
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> Columns.controls(point) ? '?' : point)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }

  /** This text, then another. */
  public Text plus(Text next) {
    List<Piece> all = new ArrayList<>(pieces);
    all.addAll(next.pieces);
    return new Text(List.copyOf(all), width + next.width);
  }

  /** This text, then more in no tone. */
  public Text plus(String next) {
    return plus(of(next));
  }

  /** This text, then more in a tone. */
  public Text plus(String next, Tone tone) {
    return plus(of(next, tone));
  }

  List<Piece> pieces() {
    return pieces;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public Text within(int columns, Glyphs glyphs) {
    if (width <= columns) {
      return this;
    }
    int room = columns - Columns.of(glyphs.ellipsis());
    Text kept = EMPTY;
    for (Piece piece : pieces) {
      String head = head(piece.text(), room - kept.width);
      if (head.length() < piece.text().length()) {
        return kept.plus(head.stripTrailing() + glyphs.ellipsis(), piece.tone());
      }
      kept = kept.plus(head, piece.tone());
    }
    return kept;
  }

  private static String head(String text, int columns) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      used += Columns.of(point);
      if (used > columns) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }

  /**
   * The line as it goes to the terminal, without spaces at its end.
   *
   * @param color whether tones are written
   */
  public String render(boolean color) {
    StringBuilder line = new StringBuilder();
    List<Piece> shown = withoutTrailingSpaces();
    for (Piece piece : shown) {
      String text = piece.text().replace(NO_BREAK_SPACE, ' ');
      boolean toned = color && !piece.tone().sgr().isEmpty();
      line.append(toned ? ESCAPE + piece.tone().sgr() + "m" + text + RESET : text);
    }
    return line.toString();
  }

  private List<Piece> withoutTrailingSpaces() {
    List<Piece> kept = new ArrayList<>(pieces);
    while (!kept.isEmpty()) {
      Piece last = kept.remove(kept.size() - 1);
      String text = last.text().replace(NO_BREAK_SPACE, ' ').stripTrailing();
      if (!text.isEmpty()) {
        kept.add(new Piece(text, last.tone()));
        break;
      }
    }
    return kept;
  }

  @Override
  public String toString() {
    return render(false);
  }
}
