// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

/** What can stand in one place of a {@link Table}. */
public interface Cell {
  /** The columns that the cell would like; a cell that fills what there is wants none. */
  int width();

  /**
   * The cell in a place of given width.
   *
   * @param columns 1 or more
   * @return at most so wide
   */
  Text within(int columns, Glyphs glyphs);
}
