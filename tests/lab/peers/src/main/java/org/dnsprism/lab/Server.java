// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A server that listens until it is closed. */
final class Server implements AutoCloseable {
  private final EventLoopGroup group;
  private final Channel socket;

  private Server(EventLoopGroup group, Channel socket) {
    this.group = group;
    this.socket = socket;
  }

  /**
   * Starts a server; returns when it can be reached.
   *
   * @param address where to listen; port 0 lets the system choose one
   * @throws ExecutionException if it cannot listen there
   */
  static Server start(Protocol protocol, InetSocketAddress address, Identity identity)
      throws InterruptedException, ExecutionException {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      return new Server(group, listen(group, protocol, address, identity));
    } catch (Throwable e) {
      stop(group);
      throw e;
    }
  }

  private static Channel listen(
      EventLoopGroup group, Protocol protocol, InetSocketAddress address, Identity identity)
      throws InterruptedException, ExecutionException {
    return switch (protocol) {
      case DOQ -> QuicTransport.open(group, address, doq(identity));
      case DOH3 -> QuicTransport.open(group, address, http3(identity, new DohSite()));
      case HTTP3 -> QuicTransport.open(group, address, http3(identity, new Pages()));
      case DOH1 -> tcp(group, address, HttpService.http1(new DohSite(), TcpTls.server(identity)));
      case DOHPLAIN -> tcp(group, address, HttpService.http1(new DohSite(), null));
    };
  }

  private static ChannelHandler doq(Identity identity) {
    return QuicTransport.server(identity, DoqFraming.ALPN)
        .streamHandler(DoqService.initializer())
        .build();
  }

  private static ChannelHandler http3(Identity identity, Site site) {
    return QuicTransport.server(identity, Http3Session.ALPN)
        .handler(HttpService.http3(site))
        .build();
  }

  private static Channel tcp(
      EventLoopGroup group, InetSocketAddress address, ChannelHandler connection)
      throws InterruptedException, ExecutionException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(connection)
            .bind(address);
    bound.get();
    return bound.channel();
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return (InetSocketAddress) socket.localAddress();
  }

  /** Returns when the server has been closed. */
  void awaitClosed() throws InterruptedException {
    socket.closeFuture().await();
  }

  @Override
  public void close() {
    socket.close().awaitUninterruptibly();
    stop(group);
  }

  private static void stop(EventLoopGroup group) {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
