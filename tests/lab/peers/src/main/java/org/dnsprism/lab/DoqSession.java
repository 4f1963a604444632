// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The client's end of a DoQ connection: a new stream for each query (RFC 9250, section 4.2). */
final class DoqSession implements DnsSession {
  private final QuicChannel connection;

  private DoqSession(QuicChannel connection) {
    this.connection = connection;
  }

  /** Connects and returns when the handshake is over. */
  static DoqSession connect(EventLoopGroup group, Target target)
      throws InterruptedException, ExecutionException {
    ChannelHandler nothing = new ChannelInboundHandlerAdapter();
    return new DoqSession(QuicTransport.connect(group, target, DoqFraming.ALPN, nothing));
  }

  @Override
  public CompletableFuture<byte[]> ask(byte[] query) {
    CompletableFuture<byte[]> reply = new CompletableFuture<>();
    connection
        .createStream(QuicStreamType.BIDIRECTIONAL, receiver(reply))
        .addListener(
            (Future<QuicStreamChannel> opened) -> {
              if (opened.isSuccess()) {
                opened
                    .getNow()
                    .writeAndFlush(Unpooled.wrappedBuffer(query))
                    .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT)
                    .addListener(OneReply.failing(reply));
              } else {
                reply.completeExceptionally(opened.cause());
              }
            });
    return reply;
  }

  private static ChannelHandler receiver(CompletableFuture<byte[]> reply) {
    return new ChannelInitializer<QuicStreamChannel>() {
      @Override
      protected void initChannel(QuicStreamChannel stream) {
        DoqFraming.addTo(stream.pipeline());
        stream.pipeline().addLast(new OneReply<>(ByteBuf.class, ByteBufUtil::getBytes, reply));
      }
    };
  }

  @Override
  public void close() {
    connection.close(true, DoqFraming.DOQ_NO_ERROR, Unpooled.EMPTY_BUFFER).awaitUninterruptibly();
  }
}
