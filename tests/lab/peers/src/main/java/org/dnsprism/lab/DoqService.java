// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.io.IOException;

/**
 * The server's end of one DoQ stream: one query, one response, end of stream (RFC 9250, section
 * 4.2). A second query, one whose ID is not 0 or bytes that are no query end the connection with
 * DOQ_PROTOCOL_ERROR (section 4.3.3).
 */
final class DoqService extends SimpleChannelInboundHandler<ByteBuf> {
  private boolean answered;

  private DoqService() {}

  /** Equips each stream that a client opens. */
  static ChannelInitializer<QuicStreamChannel> initializer() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(QuicStreamChannel stream) {
        DoqFraming.addTo(stream.pipeline());
        stream.pipeline().addLast(new DoqService());
      }
    };
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf query) {
    if (answered || query.readableBytes() < Short.BYTES || query.getShort(0) != 0) {
      refuse(context);
      return;
    }
    answered = true;
    try {
      byte[] response = Zone.answer(ByteBufUtil.getBytes(query));
      context
          .writeAndFlush(Unpooled.wrappedBuffer(response))
          .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
    } catch (IOException e) {
      refuse(context);
    }
  }

  private static void refuse(ChannelHandlerContext context) {
    QuicChannel connection = (QuicChannel) context.channel().parent();
    connection
        .close(true, DoqFraming.DOQ_PROTOCOL_ERROR, Unpooled.EMPTY_BUFFER)
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }
}
