// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.spool;

/**
 * Records that were given up before they were sent.
 *
 * @param source whose records
 * @param firstSeq number of the first
 * @param lastSeq number of the last; all between are given up too
 * @param cause why
 */
public record Discard(Source source, long firstSeq, long lastSeq, Cause cause) {
  /** Why records are given up. */
  public enum Cause {
    /** The spool is at its bound. */
    SPOOL_FULL("spool_full"),
    /** The disk does not take more, and neither does the memory. */
    DISK_FULL("disk_full");

    private final String label;

    Cause(String label) {
      this.label = label;
    }

    /** The name in records. */
    public String label() {
      return label;
    }

    /**
     * The cause of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Cause of(String label) {
      for (Cause cause : values()) {
        if (cause.label.equals(label)) {
          return cause;
        }
      }
      throw new IllegalArgumentException("no cause has the name " + label);
    }
  }

  /** How many. */
  public long count() {
    return lastSeq - firstSeq + 1;
  }

  /** Whether another one goes on where this one ends. */
  public boolean continuedBy(Discard next) {
    return source.equals(next.source) && cause == next.cause && lastSeq + 1 == next.firstSeq;
  }

  /** Both in one. */
  public Discard with(Discard next) {
    return new Discard(source, firstSeq, next.lastSeq, cause);
  }
}
