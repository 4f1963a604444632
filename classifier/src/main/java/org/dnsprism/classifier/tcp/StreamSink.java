// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tcp;

import io.netty.buffer.ByteBuf;

/** Receives one direction of a TCP connection as a stream of bytes in order. */
public interface StreamSink {
  /**
   * The next bytes of the stream.
   *
   * @param buffer holds them during the call only: the frame itself where segments came in order
   * @param offset index of the first byte
   * @param length 1 or more
   */
  void onBytes(ByteBuf buffer, int offset, int length);

  /**
   * Bytes of the stream are missing here and will not come any more: lost by the capture, or cut
   * off by its snap length.
   *
   * @param length how many, 1 or more
   */
  void onGap(long length);

  /**
   * The stream begins anew, with earlier bytes than those so far: the start of the connection was
   * not seen and the first segments came out of order. What was told before is to be forgotten; it
   * is told again.
   */
  void onRestart();
}
