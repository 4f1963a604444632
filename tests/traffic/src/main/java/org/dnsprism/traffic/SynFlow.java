// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** A connection that nobody takes: SYNs, and perhaps a reset. */
final class SynFlow extends Flow {
  private final int sequence;
  private final int tries;
  private final boolean refused;

  SynFlow(Ends ends, Dice dice) {
    super(Kind.SCAN, ends, dice);
    sequence = (int) dice.next();
    refused = dice.chance(0.4);
    tries = refused ? 1 : 1 + dice.below(3);
  }

  @Override
  long build(Frame frame) {
    int sent = frames() - 1;
    if (sent == tries) {
      frame.tcp(this, false, Frame.RST | Frame.ACK, 0, sequence + 1, 0);
      return -1;
    }
    frame.tcp(this, true, Frame.SYN, sequence, 0, 0);
    if (refused) {
      return 2 * MILLISECOND + dice.exponential(30 * MILLISECOND);
    }
    return sent + 1 == tries ? -1 : SECOND << sent;
  }
}
