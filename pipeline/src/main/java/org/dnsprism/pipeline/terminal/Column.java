// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

/**
 * A column of a {@link Table}.
 *
 * @param heading in its first line
 * @param kind how it is laid out
 * @param rank 0 for a column that is never left out; else the highest rank goes first when the
 *     table is too wide
 */
public record Column(String heading, Kind kind, int rank) {
  /** How a column is laid out. */
  public enum Kind {
    /** Text that tells rows apart and is not cut off while another column can give way. */
    LABEL,
    /** Text that is cut off when there is no room. */
    LEFT,
    /** Figures, which are never cut off. */
    RIGHT,
    /** What is left of the line. */
    FILL
  }

  /** A column of short names, never left out. */
  public static Column label(String heading) {
    return new Column(heading, Kind.LABEL, 0);
  }

  /** A column of text. */
  public static Column left(String heading, int rank) {
    return new Column(heading, Kind.LEFT, rank);
  }

  /** A column of figures. */
  public static Column right(String heading, int rank) {
    return new Column(heading, Kind.RIGHT, rank);
  }

  /** A column of bars. */
  public static Column fill(String heading, int rank) {
    return new Column(heading, Kind.FILL, rank);
  }
}
