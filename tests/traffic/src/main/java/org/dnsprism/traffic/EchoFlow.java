// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** A host that is pinged some times. */
final class EchoFlow extends Flow {
  private static final int DATA = 56;

  private final int requests;

  EchoFlow(Ends ends, Dice dice) {
    super(Kind.ICMP, ends, dice);
    requests = 1 + dice.below(5);
  }

  @Override
  long build(Frame frame) {
    int sent = frames() - 1;
    boolean request = sent % 2 == 0;
    frame.echo(this, request, sent / 2 + 1, DATA);
    if (request) {
      return 2 * MILLISECOND + dice.exponential(30 * MILLISECOND);
    }
    return sent / 2 + 1 == requests ? -1 : SECOND;
  }
}
