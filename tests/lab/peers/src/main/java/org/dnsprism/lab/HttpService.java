// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http3.Http3FrameToHttpObjectCodec;
import io.netty.handler.codec.http3.Http3ServerConnectionHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/** The server's end of HTTP: whole requests in, a site's responses out. */
final class HttpService extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final int MAX_REQUEST_BYTES = 1 << 16;

  private final Site site;

  private HttpService(Site site) {
    this.site = site;
  }

  /**
   * Equips each TCP connection for HTTP/1.1.
   *
   * @param tls null for plain text
   */
  static ChannelInitializer<SocketChannel> http1(Site site, @Nullable SslContext tls) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel connection) {
        ChannelPipeline pipeline = connection.pipeline();
        if (tls != null) {
          pipeline.addLast(tls.newHandler(connection.alloc()));
        }
        pipeline.addLast(new HttpServerCodec(), new HttpServerKeepAliveHandler());
        addTo(pipeline, site);
      }
    };
  }

  /** Equips each QUIC connection for HTTP/3. */
  static ChannelInitializer<QuicChannel> http3(Site site) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(QuicChannel connection) {
        connection.pipeline().addLast(new Http3ServerConnectionHandler(requests(site)));
      }
    };
  }

  private static ChannelInitializer<QuicStreamChannel> requests(Site site) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(QuicStreamChannel stream) {
        stream.pipeline().addLast(new Http3FrameToHttpObjectCodec(true));
        addTo(stream.pipeline(), site);
      }
    };
  }

  private static void addTo(ChannelPipeline pipeline, Site site) {
    pipeline.addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES), new HttpService(site));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    context.writeAndFlush(site.answer(request)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }
}
