// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

/**
 * What became of the frames that the kernel offered to a ring, since it was opened. Offered =
 * delivered + dropped + waiting in the ring.
 *
 * @param offered frames that passed the kernel's filter
 * @param delivered frames handed to the handler
 * @param dropped frames for which the ring had no room
 * @param freezes how often the ring was full
 * @param interruptions how often the interface went down or vanished
 */
public record RingLedger(
    long offered, long delivered, long dropped, long freezes, long interruptions) {

  /** A ledger of nothing. */
  static final RingLedger NOTHING = new RingLedger(0, 0, 0, 0, 0);

  /** The sums of both. */
  public RingLedger plus(RingLedger other) {
    return new RingLedger(
        offered + other.offered,
        delivered + other.delivered,
        dropped + other.dropped,
        freezes + other.freezes,
        interruptions + other.interruptions);
  }
}
