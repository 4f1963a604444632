// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.dnsprism.capture.DamagedCaptureException;
import org.jspecify.annotations.Nullable;

/**
 * A stream that can be read once, given to several readers: one thread reads and unpacks it into a
 * ring of blocks, each reader takes every block. The thread waits for the slowest reader. Blocks
 * exist only from the first read until the last reader is closed.
 */
final class SharedBytes {
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int BLOCKS = 4;

  /** Blocks taken by a reader that wants no more. */
  private static final long CLOSED = Long.MAX_VALUE;

  private final String name;
  private final Opener opener;
  private final byte[][] blocks = new byte[BLOCKS][];
  private final int[] lengths = new int[BLOCKS];
  private final long[] taken;
  private long loaded;
  private boolean ended;
  private @Nullable Throwable failure;
  private @Nullable Thread loader;

  /** Opens the stream. */
  @FunctionalInterface
  interface Opener {
    /** Opens and unpacks it. */
    InputStream open() throws IOException;
  }

  SharedBytes(String name, Opener opener, int readers) {
    this.name = name;
    this.opener = opener;
    taken = new long[readers];
  }

  /** The view of one reader. */
  Reader reader(int index) {
    return new Reader(index);
  }

  private synchronized void startLoader() {
    if (loader == null) {
      Thread thread = new Thread(this::load, "dnsprism-unpack");
      thread.setDaemon(true);
      loader = thread;
      thread.start();
    }
  }

  private void load() {
    try (InputStream in = opener.open()) {
      while (waitForRoom()) {
        if (!loadBlock(in, (int) (loaded % BLOCKS))) {
          end(null);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(e);
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      end(e); // readers wait for this thread, so it may not die in silence
    }
  }

  /** Waits until a block is free; false when the end was reached or nobody reads any more. */
  private synchronized boolean waitForRoom() throws InterruptedException {
    while (!ended && loaded - slowest() >= BLOCKS) {
      wait();
    }
    return !ended && slowest() != CLOSED;
  }

  private long slowest() {
    long slowest = CLOSED;
    for (long count : taken) {
      slowest = Math.min(slowest, count);
    }
    return slowest;
  }

  /**
   * Takes what is there without waiting for a whole block, as the writer of a pipe may pause; false
   * at the end.
   */
  private boolean loadBlock(InputStream in, int slot) throws IOException {
    byte[] block = block(slot);
    int length = 0;
    try {
      do {
        int count = in.read(block, length, BLOCK_BYTES - length);
        if (count < 0) {
          return false;
        }
        length += count;
      } while (length < BLOCK_BYTES && in.available() > 0);
      return true;
    } finally {
      publish(slot, length); // also what stands before damage
    }
  }

  private synchronized byte[] block(int slot) {
    byte[] block = blocks[slot] == null ? new byte[BLOCK_BYTES] : blocks[slot];
    blocks[slot] = block;
    return block;
  }

  private synchronized void publish(int slot, int length) {
    lengths[slot] = length;
    loaded++;
    notifyAll();
  }

  private synchronized void end(@Nullable Throwable cause) {
    failure = cause;
    ended = true;
    notifyAll();
  }

  private synchronized boolean waitForBlock(int index) throws IOException {
    try {
      while (loaded <= taken[index] && !ended) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name);
    }
    if (loaded > taken[index]) {
      return true;
    }
    if (failure != null) {
      throw new DamagedCaptureException("cannot be unpacked: " + reason(failure));
    }
    return false;
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private synchronized void release(int index, long count) {
    taken[index] = count;
    if (slowest() == CLOSED) {
      Arrays.fill(blocks, null);
    }
    notifyAll();
  }

  /** Takes every block; closed, it holds up nobody. */
  final class Reader implements ReadableByteChannel {
    private final int index;
    private long block;
    private int offset;

    private Reader(int index) {
      this.index = index;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      startLoader();
      if (!waitForBlock(index)) {
        return -1;
      }
      int slot = (int) (block % BLOCKS);
      int count = Math.min(into.remaining(), lengths[slot] - offset);
      into.put(blocks[slot], offset, count);
      offset += count;
      if (offset == lengths[slot]) {
        offset = 0;
        block++;
        release(index, block);
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      release(index, CLOSED);
    }
  }
}
