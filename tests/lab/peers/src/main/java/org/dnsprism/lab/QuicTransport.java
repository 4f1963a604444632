// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** QUIC version 1 (RFC 9000) below DoQ and HTTP/3: sockets, certificates and limits. */
final class QuicTransport {
  private static final long IDLE_SECONDS = 30;
  private static final long CONNECTION_WINDOW_BYTES = 1 << 20;
  private static final long STREAM_WINDOW_BYTES = 1 << 18;
  private static final long STREAMS = 100;

  private QuicTransport() {}

  /** A server's codec, to which the caller adds its handlers. */
  static QuicServerCodecBuilder server(Identity identity, String alpn) {
    QuicSslContext tls =
        QuicSslContextBuilder.forServer(
                identity.key().toFile(), null, identity.certificates().toFile())
            .applicationProtocols(alpn)
            .build();
    return limited(new QuicServerCodecBuilder()).sslContext(tls);
  }

  /** Opens a socket for a server or a client; returns when it can be reached. */
  static Channel open(EventLoopGroup group, InetSocketAddress address, ChannelHandler codec)
      throws InterruptedException, ExecutionException {
    ChannelFuture bound =
        new Bootstrap().group(group).channel(NioDatagramChannel.class).handler(codec).bind(address);
    bound.get();
    return bound.channel();
  }

  /**
   * Connects and returns when the handshake is over.
   *
   * @param connection the handler of the connection as a whole
   */
  static QuicChannel connect(
      EventLoopGroup group, Target target, String alpn, ChannelHandler connection)
      throws InterruptedException, ExecutionException {
    QuicSslContext tls =
        QuicSslContextBuilder.forClient()
            .trustManager(target.authority().toFile())
            .applicationProtocols(alpn)
            .build();
    ChannelHandler codec =
        limited(new QuicClientCodecBuilder())
            .sslEngineProvider(
                quic -> tls.newEngine(quic.alloc(), target.name(), target.server().getPort()))
            .build();
    Channel socket = open(group, target.local(), codec);
    return QuicChannel.newBootstrap(socket)
        .handler(connection)
        .remoteAddress(target.server())
        .connect()
        .get();
  }

  private static <B extends QuicCodecBuilder<B>> B limited(B codec) {
    return codec
        .maxIdleTimeout(IDLE_SECONDS, TimeUnit.SECONDS)
        .initialMaxData(CONNECTION_WINDOW_BYTES)
        .initialMaxStreamDataBidirectionalLocal(STREAM_WINDOW_BYTES)
        .initialMaxStreamDataBidirectionalRemote(STREAM_WINDOW_BYTES)
        .initialMaxStreamDataUnidirectional(STREAM_WINDOW_BYTES)
        .initialMaxStreamsBidirectional(STREAMS)
        .initialMaxStreamsUnidirectional(STREAMS);
  }
}
