// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
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

  /** Fetches the pages {@code /NAME} of an ordinary web site, name after name. */
  static Exchange ofPages(HttpSession http, String authority, List<String> names) {
    return new Exchange() {
      @Override
      public CompletableFuture<Boolean> request(int turn) {
        String path = "/" + names.get(turn % names.size());
        FullHttpRequest request =
            new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
        request.headers().set(HttpHeaderNames.HOST, authority);
        return http.send(request, response -> Responses.isOk(response, Pages.HTML));
      }

      @Override
      public void close() {
        http.close();
      }
    };
  }
}
