// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** DNS over HTTPS at {@code /dns-query} by GET and POST (RFC 8484), ordinary pages elsewhere. */
final class DohSite implements Site {
  private final Site elsewhere = new Pages();

  @Override
  public FullHttpResponse answer(FullHttpRequest request) {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    if (!uri.path().equals(Doh.PATH)) {
      return elsewhere.answer(request);
    }
    if (request.method().equals(HttpMethod.POST)) {
      return Doh.MEDIA_TYPE.contentEquals(String.valueOf(HttpUtil.getMimeType(request)))
          ? answer(ByteBufUtil.getBytes(request.content()))
          : Responses.empty(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE);
    }
    return request.method().equals(HttpMethod.GET)
        ? answer(uri.parameters().getOrDefault(Doh.PARAMETER, List.of()))
        : Responses.empty(HttpResponseStatus.METHOD_NOT_ALLOWED);
  }

  private static FullHttpResponse answer(List<String> parameters) {
    try {
      return parameters.size() == 1
          ? answer(Base64.getUrlDecoder().decode(parameters.get(0)))
          : Responses.empty(HttpResponseStatus.BAD_REQUEST);
    } catch (IllegalArgumentException e) {
      return Responses.empty(HttpResponseStatus.BAD_REQUEST);
    }
  }

  private static FullHttpResponse answer(byte[] query) {
    try {
      return Responses.ok(Doh.MEDIA_TYPE, Zone.answer(query));
    } catch (IOException e) {
      return Responses.empty(HttpResponseStatus.BAD_REQUEST);
    }
  }
}
