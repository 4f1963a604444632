// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The last handler of a request: hands the first message to a future and leaves the pipeline. */
final class OneReply<M, R> extends SimpleChannelInboundHandler<M> {
  private final Function<M, R> content;
  private final CompletableFuture<R> reply;

  /**
   * Waits for a message.
   *
   * @param content takes what is wanted out of the message, which is released afterwards
   * @param reply completed with that, or with the failure of the channel
   */
  OneReply(Class<M> type, Function<M, R> content, CompletableFuture<R> reply) {
    super(type);
    this.content = content;
    this.reply = reply;
  }

  /** Fails a reply whose request could not be written. */
  static ChannelFutureListener failing(CompletableFuture<?> reply) {
    return written -> {
      if (!written.isSuccess()) {
        reply.completeExceptionally(written.cause());
      }
    };
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, M message) {
    reply.complete(content.apply(message));
    context.pipeline().remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    reply.completeExceptionally(cause);
    context.pipeline().remove(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    reply.completeExceptionally(new ClosedChannelException());
    context.fireChannelInactive();
  }
}
