// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A client's HTTP connection, whatever its version. */
interface HttpSession extends AutoCloseable {
  /**
   * Sends a request and releases it.
   *
   * @param content takes what is wanted out of the response, which is released afterwards
   * @return holds that, or the failure of the connection or of {@code content}
   */
  <R> CompletableFuture<R> send(FullHttpRequest request, Function<FullHttpResponse, R> content);

  @Override
  void close();
}
