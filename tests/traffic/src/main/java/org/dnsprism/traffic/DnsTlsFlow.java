// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import org.jspecify.annotations.Nullable;

/** DNS over TLS (RFC 7858), or over HTTP/2 in TLS (RFC 8484): questions of padded size. */
final class DnsTlsFlow extends TlsFlow {
  private static final int TAG = 17;
  private static final int QUERY_BLOCK = 128;
  private static final int RESPONSE_BLOCK = 468;

  private final boolean http;
  private final int exchanges;
  private final int heads;
  private int step;

  private DnsTlsFlow(Kind kind, Ends ends, Dice dice, Hello hello, int exchanges) {
    super(kind, ends, dice, hello);
    http = kind == Kind.DOH;
    this.exchanges = exchanges;
    heads = 60 + dice.below(80);
  }

  /** A client of a resolver with some questions. */
  static DnsTlsFlow of(Kind kind, Ends ends, Dice dice, String resolver) {
    boolean browser = kind == Kind.DOH && dice.chance(0.6);
    Hello hello =
        switch (kind) {
          case DOH -> new Hello(dice, resolver, browser, "h2", "http/1.1");
          default ->
              dice.chance(0.5)
                  ? new Hello(dice, resolver, false, "dot")
                  : new Hello(dice, resolver, false);
        };
    return new DnsTlsFlow(kind, ends, dice, hello, (int) Math.min(200, dice.exponential(5)));
  }

  @Override
  @Nullable Turn nextAppTurn() {
    int number = step++;
    if (http && number < 2) {
      // Preface and settings of the client, settings and tickets of the server.
      return number == 0
          ? Turn.records(true, TlsRecords.HEAD + TAG + 88, 50 * MICROSECOND)
          : Turn.records(false, TlsRecords.HEAD + TAG + 64, rtt());
    }
    int exchange = number - (http ? 2 : 0);
    if (exchange >= 2 * exchanges) {
      return null;
    }
    return exchange % 2 == 0 ? question(exchange == 0) : response();
  }

  private Turn question(boolean first) {
    int size = http ? heads + QUERY_BLOCK : 2 + QUERY_BLOCK;
    long pause = first ? reaction() : 5 * MILLISECOND + dice.exponential(900 * MILLISECOND);
    return Turn.records(true, TlsRecords.HEAD + TAG + size, pause).with(1, 0);
  }

  private Turn response() {
    int size = http ? 40 + heads / 2 + RESPONSE_BLOCK : 2 + RESPONSE_BLOCK;
    long pause = rtt() + dice.exponential(15 * MILLISECOND);
    return Turn.records(false, TlsRecords.HEAD + TAG + size, pause).with(0, 1);
  }
}
