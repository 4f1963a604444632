// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import org.jspecify.annotations.Nullable;

/** DNS over TCP in the clear (RFC 7766): after a cut answer one question, seldom more. */
final class DnsTcpFlow extends TcpFlow {
  private final int exchanges;
  private DnsExchange exchange;
  private int step;

  DnsTcpFlow(Ends ends, Dice dice) {
    super(Kind.DO53_TCP, ends, dice);
    exchanges = dice.chance(0.85) ? 1 : 2 + dice.below(6);
    exchange = DnsExchange.random(dice);
  }

  @Override
  @Nullable Turn nextTurn() {
    int number = step++;
    if (number == 2 * exchanges) {
      return null;
    }
    if (number % 2 == 0) {
      exchange = DnsExchange.random(dice);
      return Turn.of(true, framed(exchange.query()), reaction()).with(1, 0);
    }
    Bytes response = framed(exchange.wholeResponse());
    return Turn.of(false, response, rtt() + dice.exponential(10 * MILLISECOND)).with(0, 1);
  }

  private static Bytes framed(Bytes message) {
    return new Bytes(message.length() + 2).u16(message.length()).raw(message.toArray());
  }

  @Override
  boolean shows() {
    return step > 1;
  }
}
