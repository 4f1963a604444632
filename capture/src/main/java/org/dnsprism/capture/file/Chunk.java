// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * A window over the bytes of a capture: one large array that is read into again and again. Frames
 * are handed out in place, so what was read may be moved only by {@link #fill}.
 */
final class Chunk implements Closeable {
  private static final int SIZE = 1 << 20;

  /** So little is read at once that it is still in the processor's cache when it is looked at. */
  private static final int READ_BYTES = 1 << 17;

  private final ReadableByteChannel channel;
  private final byte[] bytes = new byte[SIZE];
  private final ByteBuf view = Unpooled.wrappedBuffer(bytes);
  private int position;
  private int limit;
  private long basePosition;
  private boolean ended;

  Chunk(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /** The bytes; indexes are those of {@link #position()}. */
  ByteBuf view() {
    return view;
  }

  /** Index of the next byte. */
  int position() {
    return position;
  }

  /** Bytes that can be read without {@link #fill}. */
  int available() {
    return limit - position;
  }

  /** How many bytes of the input, decompressed, lie before the next one. */
  long inputPosition() {
    return basePosition + position;
  }

  void skip(int count) {
    position += count;
  }

  /**
   * Reads until so many bytes are available or the input ends; may move the bytes.
   *
   * @param count at most the size of the window, which is above that of any record that is kept
   * @return whether they are available
   */
  boolean fill(int count) throws IOException {
    if (available() >= count) {
      return true;
    }
    moveToFront();
    while (!ended && limit < count) {
      int read =
          channel.read(ByteBuffer.wrap(bytes, limit, Math.min(READ_BYTES, bytes.length - limit)));
      if (read < 0) {
        ended = true;
      } else {
        limit += read;
      }
    }
    return available() >= count;
  }

  /** Passes over bytes of the input without keeping them; false when it ends before. */
  boolean skipLong(long count) throws IOException {
    long left = count;
    while (left > 0) {
      if (available() == 0 && !fill(1)) {
        return false;
      }
      int step = (int) Math.min(left, available());
      position += step;
      left -= step;
    }
    return true;
  }

  private void moveToFront() {
    System.arraycopy(bytes, position, bytes, 0, limit - position);
    basePosition += position;
    limit -= position;
    position = 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
