// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows whose cells stand under each other. When the place is too narrow, texts are cut off down to
 * a readable rest, then columns are left out by rank; figures are never cut while a ranked column
 * is left.
 */
public final class Table {
  private static final int GAP = 2;
  private static final int LEAST_TEXT = 10;
  private static final int LEAST_FILL = 8;
  private static final int MOST_FILL = 40;

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /** An empty table. */
  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column
   */
  public void row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells, " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
  }

  /** Whether there are no rows. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * The heading and the rows.
   *
   * @param width columns of the terminal that no line is wider than
   */
  public List<Text> lines(int width, Glyphs glyphs) {
    int[] widths = widths(width);
    List<Text> lines = new ArrayList<>();
    List<Cell> headings = new ArrayList<>();
    for (Column column : columns) {
      headings.add(Text.of(column.heading(), Tone.FAINT));
    }
    lines.add(line(headings, widths, glyphs).within(width, glyphs));
    for (List<Cell> row : rows) {
      lines.add(line(row, widths, glyphs).within(width, glyphs));
    }
    return lines;
  }

  private Text line(List<Cell> cells, int[] widths, Glyphs glyphs) {
    Text line = Text.EMPTY;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0) {
        Text cell = cells.get(i).within(widths[i], glyphs);
        Text padding = Text.spaces(widths[i] - cell.width());
        boolean right = columns.get(i).kind() == Column.Kind.RIGHT;
        line = line.width() == 0 ? line : line.plus(Text.spaces(GAP));
        line = right ? line.plus(padding).plus(cell) : line.plus(cell).plus(padding);
      }
    }
    return line;
  }

  /** The width of each column; 0 for those that are left out. */
  private int[] widths(int width) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = natural(i);
    }
    while (true) {
      int[] fitted = widths.clone();
      shrink(fitted, total(fitted) - width);
      int leaveOut = total(fitted) > width ? highestRank(widths) : -1;
      if (leaveOut < 0) {
        grow(fitted, width - total(fitted));
        return fitted;
      }
      widths[leaveOut] = 0;
    }
  }

  private int natural(int column) {
    int widest = Columns.of(columns.get(column).heading());
    for (List<Cell> row : rows) {
      widest = Math.max(widest, row.get(column).width());
    }
    return columns.get(column).kind() == Column.Kind.FILL ? Math.max(LEAST_FILL, widest) : widest;
  }

  private static int total(int[] widths) {
    long shown = Arrays.stream(widths).filter(width -> width > 0).count();
    return Arrays.stream(widths).sum() + GAP * (int) Math.max(0, shown - 1);
  }

  private void shrink(int[] widths, int excess) {
    int left = excess;
    for (int i = widths.length - 1; i >= 0 && left > 0; i--) {
      if (columns.get(i).kind() == Column.Kind.LEFT && widths[i] > LEAST_TEXT) {
        int taken = Math.min(left, widths[i] - LEAST_TEXT);
        widths[i] -= taken;
        left -= taken;
      }
    }
  }

  private int highestRank(int[] widths) {
    int found = -1;
    for (int i = 0; i < widths.length; i++) {
      int rank = columns.get(i).rank();
      if (widths[i] > 0 && rank > 0 && (found < 0 || rank > columns.get(found).rank())) {
        found = i;
      }
    }
    return found;
  }

  private void grow(int[] widths, int spare) {
    for (int i = 0; i < widths.length; i++) {
      if (columns.get(i).kind() == Column.Kind.FILL && widths[i] > 0) {
        widths[i] = Math.max(widths[i], Math.min(MOST_FILL, widths[i] + spare));
      }
    }
  }
}
