// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.dnsprism.capture.DamagedCaptureException;
import org.jspecify.annotations.Nullable;

/**
 * A stream that can be read once, given to several readers: one thread reads and unpacks it into a
 * ring of blocks, each reader takes every block. The thread waits for the slowest reader.
 */
final class SharedBytes {
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int BLOCKS = 4;

  private final String name;
  private final Opener opener;
  private final byte[][] blocks = new byte[BLOCKS][BLOCK_BYTES];
  private final int[] lengths = new int[BLOCKS];
  private final long[] taken;
  private long loaded;
  private boolean ended;
  private @Nullable IOException failure;
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
  ReadableByteChannel reader(int index) {
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
        int slot = (int) (loaded % BLOCKS);
        int length = in.readNBytes(blocks[slot], 0, BLOCK_BYTES);
        publish(slot, length);
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(new InterruptedIOException(name));
    } catch (RuntimeException e) {
      fail(new DamagedCaptureException(name + ": the compressed data is damaged: " + e));
    }
  }

  /** Waits until a block is free; false when the end was reached or nobody reads any more. */
  private synchronized boolean waitForRoom() throws InterruptedException {
    while (!ended && loaded - slowest() >= BLOCKS) {
      wait();
    }
    return !ended && slowest() != Long.MAX_VALUE;
  }

  private long slowest() {
    long slowest = Long.MAX_VALUE;
    for (long count : taken) {
      slowest = Math.min(slowest, count);
    }
    return slowest;
  }

  private synchronized void publish(int slot, int length) {
    lengths[slot] = length;
    ended = length < BLOCK_BYTES;
    loaded++;
    notifyAll();
  }

  private synchronized void fail(IOException e) {
    failure = e;
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
      throw new DamagedCaptureException(name + ": " + failure.getMessage());
    }
    return false;
  }

  private synchronized void release(int index, long count) {
    taken[index] = count;
    notifyAll();
  }

  private final class Reader implements ReadableByteChannel {
    private final int index;
    private long block;
    private int offset;

    Reader(int index) {
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
      release(index, Long.MAX_VALUE);
    }
  }
}
