// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture;

/**
 * What became of the frames that the kernel offered to a source, since it was opened. Offered =
 * delivered + dropped + waiting. A file offers what it delivers.
 *
 * @param offered frames that passed the kernel's filter
 * @param delivered frames handed to the handler
 * @param dropped frames for which the ring had no room
 * @param freezes how often the ring was full
 * @param interruptions how often the interface went down or vanished
 */
public record SourceLedger(
    long offered, long delivered, long dropped, long freezes, long interruptions) {

  /** A ledger of nothing. */
  public static final SourceLedger NOTHING = new SourceLedger(0, 0, 0, 0, 0);

  /** The sums of both. */
  public SourceLedger plus(SourceLedger other) {
    return new SourceLedger(
        offered + other.offered,
        delivered + other.delivered,
        dropped + other.dropped,
        freezes + other.freezes,
        interruptions + other.interruptions);
  }

  /** What was added since an earlier ledger of the same source. */
  public SourceLedger since(SourceLedger before) {
    return new SourceLedger(
        offered - before.offered,
        delivered - before.delivered,
        dropped - before.dropped,
        freezes - before.freezes,
        interruptions - before.interruptions);
  }

  /** Frames that were offered and are neither delivered nor dropped yet. */
  public long waiting() {
    return offered - delivered - dropped;
  }
}
