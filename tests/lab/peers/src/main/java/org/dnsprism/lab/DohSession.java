// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** A client's DNS over HTTPS connection, by POST and GET in turn (RFC 8484, section 4.1). */
final class DohSession implements DnsSession {
  private final HttpSession http;
  private final String authority;
  private boolean get;

  /**
   * Asks over a connection, which it owns from now on.
   *
   * @param authority the server's name for the Host field
   */
  DohSession(HttpSession http, String authority) {
    this.http = http;
    this.authority = authority;
  }

  @Override
  public CompletableFuture<byte[]> ask(byte[] query) {
    FullHttpRequest request = get ? get(query) : post(query);
    get = !get;
    request
        .headers()
        .set(HttpHeaderNames.HOST, authority)
        .set(HttpHeaderNames.ACCEPT, Doh.MEDIA_TYPE);
    return http.send(request, DohSession::message);
  }

  private static FullHttpRequest get(byte[] query) {
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(query);
    String uri = Doh.PATH + "?" + Doh.PARAMETER + "=" + text;
    return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri);
  }

  private static FullHttpRequest post(byte[] query) {
    ByteBuf body = Unpooled.wrappedBuffer(query);
    FullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, Doh.PATH, body);
    request
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, Doh.MEDIA_TYPE)
        .set(HttpHeaderNames.CONTENT_LENGTH, query.length);
    return request;
  }

  private static byte[] message(FullHttpResponse response) {
    if (!Responses.isOk(response, Doh.MEDIA_TYPE)) {
      throw new IllegalStateException("no DNS message in a response " + response.status());
    }
    return ByteBufUtil.getBytes(response.content());
  }

  @Override
  public void close() {
    http.close();
  }
}
