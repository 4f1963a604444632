// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import java.util.concurrent.CompletableFuture;

/** A connection on which requests are made by turn, and which knows a right reply from a wrong. */
interface Exchange extends AutoCloseable {
  /** Makes the request of a turn, counted from 0; the future tells whether its reply is right. */
  CompletableFuture<Boolean> request(int turn);

  @Override
  void close();

  /** Asks DNS questions. */
  static Exchange ofQueries(DnsSession session, Questions questions) {
    return new Exchange() {
      @Override
      public CompletableFuture<Boolean> request(int turn) {
        return session
            .ask(questions.query(turn))
            .thenApply(reply -> questions.isAnswer(turn, reply));
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }
}
