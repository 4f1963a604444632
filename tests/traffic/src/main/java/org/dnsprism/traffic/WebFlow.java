// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import org.jspecify.annotations.Nullable;

/** Web pages and downloads over TLS. */
final class WebFlow extends TlsFlow {
  private final Transfer transfer;
  private boolean asked;

  WebFlow(Ends ends, Dice dice, String name, long packets) {
    super(Kind.WEB_TLS, ends, dice, new Hello(dice, name, dice.chance(0.7), "h2", "http/1.1"));
    transfer = new Transfer(dice, packets);
  }

  @Override
  @Nullable Turn nextAppTurn() {
    asked = !asked;
    if (!asked) {
      return Turn.records(false, transfer.response(), rtt() + dice.exponential(20 * MILLISECOND));
    }
    return transfer.isDone() ? null : Turn.records(true, transfer.request(), transfer.pause());
  }
}
