// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** One or two questions from a socket of a stub, and most often their answers. */
final class DnsUdpFlow extends Flow {
  private static final double BOTH_FAMILIES = 0.45;
  private static final double UNANSWERED = 0.015;

  private final DnsExchange[] exchanges;
  private final boolean[] answered;
  private final double rtt;
  private int step;

  DnsUdpFlow(Ends ends, Dice dice) {
    super(Kind.DO53_UDP, ends, dice);
    exchanges =
        dice.chance(BOTH_FAMILIES)
            ? DnsExchange.pair(dice)
            : new DnsExchange[] {DnsExchange.random(dice)};
    answered = new boolean[exchanges.length];
    for (int i = 0; i < answered.length; i++) {
      answered[i] = !dice.chance(UNANSWERED);
    }
    // Most answers come from a cache nearby.
    rtt = dice.chance(0.75) ? 4 * MILLISECOND : 45 * MILLISECOND;
  }

  @Override
  long build(Frame frame) {
    boolean query = step < exchanges.length;
    DnsExchange exchange = exchanges[step % exchanges.length];
    Bytes message = query ? exchange.query() : exchange.response();
    message.copyTo(frame.bytes, frame.udpPayload(this));
    frame.udp(this, query, message.length());
    frame.messages(query ? 1 : 0, query ? 0 : 1);
    step++;
    if (step < exchanges.length) {
      return 20 * MICROSECOND + dice.exponential(60 * MICROSECOND);
    }
    boolean first = step == exchanges.length;
    while (step < 2 * exchanges.length && !answered[step - exchanges.length]) {
      step++;
    }
    if (step == 2 * exchanges.length) {
      return -1;
    }
    return first
        ? MILLISECOND + dice.exponential(rtt)
        : 300 * MICROSECOND + dice.exponential(rtt / 4);
  }
}
