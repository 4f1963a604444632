// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client's HTTP/1.1 connection, kept alive from request to request (RFC 9112, section 9.3). */
final class Http1Session implements HttpSession {
  private static final int MAX_REPLY_BYTES = 1 << 20;

  private final Channel connection;

  private Http1Session(Channel connection) {
    this.connection = connection;
  }

  /** Connects with TLS and returns when the handshake is over. */
  static Http1Session connectTls(EventLoopGroup group, Target target)
      throws InterruptedException, ExecutionException {
    Http1Session session = connect(group, target, TcpTls.client(target.authority()));
    session.connection.pipeline().get(SslHandler.class).handshakeFuture().get();
    return session;
  }

  /** Connects without TLS. */
  static Http1Session connectPlain(EventLoopGroup group, Target target)
      throws InterruptedException, ExecutionException {
    return connect(group, target, null);
  }

  private static Http1Session connect(EventLoopGroup group, Target target, @Nullable SslContext tls)
      throws InterruptedException, ExecutionException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .handler(codecs(target, tls))
            .localAddress(target.local())
            .remoteAddress(target.server());
    ChannelFuture connected = bootstrap.connect();
    connected.get();
    return new Http1Session(connected.channel());
  }

  private static ChannelInitializer<SocketChannel> codecs(Target target, @Nullable SslContext tls) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel connection) {
        ChannelPipeline pipeline = connection.pipeline();
        if (tls != null) {
          int port = target.server().getPort();
          pipeline.addLast(tls.newHandler(connection.alloc(), target.name(), port));
        }
        pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_REPLY_BYTES));
      }
    };
  }

  @Override
  public <R> CompletableFuture<R> send(
      FullHttpRequest request, Function<FullHttpResponse, R> content) {
    CompletableFuture<R> reply = new CompletableFuture<>();
    connection.pipeline().addLast(new OneReply<>(FullHttpResponse.class, content, reply));
    connection.writeAndFlush(request).addListener(OneReply.failing(reply));
    return reply;
  }

  @Override
  public void close() {
    connection.close().awaitUninterruptibly();
  }
}
