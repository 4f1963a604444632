// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;

/** The two-byte length before each message on a DoQ stream (RFC 9250, section 4.2). */
final class DoqFraming {
  /** The protocol's name in the TLS handshake (RFC 9250, section 4.1.1). */
  static final String ALPN = "doq";

  /** Error code of an orderly end (RFC 9250, section 4.3). */
  static final int DOQ_NO_ERROR = 0x0;

  /** Error code for a peer that breaks the protocol (RFC 9250, section 4.3). */
  static final int DOQ_PROTOCOL_ERROR = 0x2;

  private static final int LENGTH_BYTES = 2;
  private static final int MAX_MESSAGE_BYTES = 0xffff;

  private DoqFraming() {}

  /** Adds both directions to a stream's pipeline; handlers after it see whole DNS messages. */
  static void addTo(ChannelPipeline pipeline) {
    pipeline.addLast(
        new LengthFieldBasedFrameDecoder(
            LENGTH_BYTES + MAX_MESSAGE_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES),
        new LengthFieldPrepender(LENGTH_BYTES));
  }
}
