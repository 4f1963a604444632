// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.terminal;

/**
 * Where a distribution lies on a logarithmic scale: a thick line from its middle to the end of its
 * bulk, a thin one to the end of its tail.
 *
 * @param scale ends of the scale
 * @param middle such as the median
 * @param bulk such as the 90th percentile, not below the middle
 * @param tail such as the 99th percentile, not below the bulk
 */
public record Spread(Scale scale, double middle, double bulk, double tail, Tone tone)
    implements Cell {

  /**
   * A logarithmic scale.
   *
   * @param least lower end, above 0
   * @param most upper end, not below the lower one
   */
  public record Scale(double least, double most) {
    /** The column, from 0, that a value falls in. */
    int column(double value, int columns) {
      if (most <= least) {
        return 0;
      }
      double clamped = Math.max(least, Math.min(most, value));
      double part = Math.log(clamped / least) / Math.log(most / least);
      return (int) Math.round(part * (columns - 1));
    }
  }

  @Override
  public int width() {
    return 0;
  }

  @Override
  public Text within(int columns, Glyphs glyphs) {
    int from = scale.column(middle, columns);
    int to = Math.max(from, scale.column(bulk, columns));
    int end = Math.max(to, scale.column(tail, columns));
    return Text.spaces(from)
        .plus(glyphs.thick().repeat(to - from + 1), tone)
        .plus(glyphs.thin().repeat(end - to), tone);
  }
}
