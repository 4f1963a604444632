// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.spool;

/** In which order kinds of records are given up when there is no room: what sums up others last. */
public final class Precedence {
  private static final int FIRST = 0;
  private static final int SECOND = 1;

  /** The highest rank. */
  public static final int LAST = 2;

  private Precedence() {}

  /** The rank of a kind: lower ones are given up first. */
  public static int of(String kind) {
    return switch (kind) {
      case "flow" -> FIRST;
      case "window", "summary" -> LAST;
      default -> SECOND;
    };
  }
}
