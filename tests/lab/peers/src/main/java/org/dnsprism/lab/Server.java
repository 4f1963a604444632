// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
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
   */
  static Server start(Protocol protocol, InetSocketAddress address, Identity identity)
      throws InterruptedException {
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
      throws InterruptedException {
    return switch (protocol) {
      case DOQ ->
          QuicTransport.listen(
              group,
              address,
              QuicTransport.server(identity, DoqFraming.ALPN)
                  .streamHandler(DoqService.initializer())
                  .build());
      default -> throw new IllegalArgumentException("no server for " + protocol);
    };
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
