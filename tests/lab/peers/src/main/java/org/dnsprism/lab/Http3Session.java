// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3FrameToHttpObjectCodec;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** A client's HTTP/3 connection: a new stream for each request (RFC 9114, section 4.1). */
final class Http3Session implements HttpSession {
  /** The protocol's name in the TLS handshake (RFC 9114, section 3.1). */
  static final String ALPN = "h3";

  /** Error code of an orderly end (RFC 9114, section 8.1). */
  private static final int H3_NO_ERROR = 0x100;

  private static final int MAX_REPLY_BYTES = 1 << 20;

  private final QuicChannel connection;

  private Http3Session(QuicChannel connection) {
    this.connection = connection;
  }

  /** Connects and returns when the handshake is over. */
  static Http3Session connect(EventLoopGroup group, Target target)
      throws InterruptedException, ExecutionException {
    return new Http3Session(
        QuicTransport.connect(group, target, ALPN, new Http3ClientConnectionHandler()));
  }

  @Override
  public <R> CompletableFuture<R> send(
      FullHttpRequest request, Function<FullHttpResponse, R> content) {
    CompletableFuture<R> reply = new CompletableFuture<>();
    Http3.newRequestStream(connection, receiver(content, reply))
        .addListener(
            (Future<QuicStreamChannel> opened) -> {
              if (opened.isSuccess()) {
                opened.getNow().writeAndFlush(request).addListener(OneReply.failing(reply));
              } else {
                request.release();
                reply.completeExceptionally(opened.cause());
              }
            });
    return reply;
  }

  private static <R> ChannelInitializer<QuicStreamChannel> receiver(
      Function<FullHttpResponse, R> content, CompletableFuture<R> reply) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(QuicStreamChannel stream) {
        stream
            .pipeline()
            .addLast(
                new Http3FrameToHttpObjectCodec(false),
                new HttpObjectAggregator(MAX_REPLY_BYTES),
                new OneReply<>(FullHttpResponse.class, content, reply));
      }
    };
  }

  @Override
  public void close() {
    connection.close(true, H3_NO_ERROR, Unpooled.EMPTY_BUFFER).awaitUninterruptibly();
  }
}
