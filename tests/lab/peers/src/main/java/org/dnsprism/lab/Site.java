// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;

/** What an HTTP server answers, whatever version of HTTP carries it. */
@FunctionalInterface
interface Site {
  /** The response to a request, which stays the caller's to release. */
  FullHttpResponse answer(FullHttpRequest request);
}
