// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Whole HTTP responses. */
final class Responses {
  private Responses() {}

  /** A response 200 with a body of this media type. */
  static FullHttpResponse ok(String mediaType, byte[] body) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, mediaType)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    return response;
  }

  /** A response without a body. */
  static FullHttpResponse empty(HttpResponseStatus status) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    return response;
  }

  /** Whether this is a success with a body of this media type, parameters aside. */
  static boolean isOk(FullHttpResponse response, String mediaType) {
    CharSequence type = HttpUtil.getMimeType(response);
    return response.status().equals(HttpResponseStatus.OK)
        && type != null
        && mediaType.contentEquals(type);
  }
}
