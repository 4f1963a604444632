// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.reassembly;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The reassembly buffers of one shard: blocks of three sizes that are reused, within one bound on
 * the bytes of all of them. A request beyond the bound is refused and counted, so that strangers
 * who start many streams and finish none cost a known amount of memory. Not thread-safe.
 */
public final class ReassemblyMemory {
  /** The largest block, in bytes. */
  public static final int MAX_BLOCK_BYTES = 1 << 16;

  private static final int[] BLOCK_BYTES = {1 << 12, 1 << 14, MAX_BLOCK_BYTES};

  private final long limitBytes;
  private final ByteBuf[][] free = new ByteBuf[BLOCK_BYTES.length][16];
  private final int[] freeCount = new int[BLOCK_BYTES.length];
  private long heldBytes;
  private long usedBytes;
  private long peakBytes;
  private long refusals;

  /**
   * Makes an empty pool.
   *
   * @param limitBytes bound on the bytes of all blocks, in use and waiting
   */
  public ReassemblyMemory(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * Hands out a block with undefined contents.
   *
   * @param minBytes the least capacity; at most {@link #MAX_BLOCK_BYTES}
   * @return null, and counted, when the bound or the largest size would be exceeded
   */
  public @Nullable ByteBuf acquire(int minBytes) {
    int size = sizeClass(minBytes);
    if (size == BLOCK_BYTES.length) {
      refusals++;
      return null;
    }
    ByteBuf block = freeCount[size] > 0 ? free[size][--freeCount[size]] : allocate(size);
    if (block != null) {
      usedBytes += block.capacity();
      peakBytes = Math.max(peakBytes, usedBytes);
    }
    return block;
  }

  /** Takes back a block that {@link #acquire} handed out; it must not be used afterwards. */
  public void release(ByteBuf block) {
    usedBytes -= block.capacity();
    int size = sizeClass(block.capacity());
    if (freeCount[size] == free[size].length) {
      free[size] = Arrays.copyOf(free[size], 2 * freeCount[size]);
    }
    free[size][freeCount[size]++] = block;
  }

  /** Bytes of the blocks that are handed out. */
  public long usedBytes() {
    return usedBytes;
  }

  /** The most bytes that were ever handed out at once. */
  public long peakBytes() {
    return peakBytes;
  }

  /** How many requests were refused. */
  public long refusals() {
    return refusals;
  }

  private @Nullable ByteBuf allocate(int size) {
    for (int other = BLOCK_BYTES.length - 1; other >= 0; other--) {
      while (heldBytes + BLOCK_BYTES[size] > limitBytes && freeCount[other] > 0) {
        free[other][--freeCount[other]] = Unpooled.EMPTY_BUFFER;
        heldBytes -= BLOCK_BYTES[other];
      }
    }
    if (heldBytes + BLOCK_BYTES[size] > limitBytes) {
      refusals++;
      return null;
    }
    heldBytes += BLOCK_BYTES[size];
    return Unpooled.wrappedBuffer(new byte[BLOCK_BYTES[size]]);
  }

  private static int sizeClass(int bytes) {
    int size = 0;
    while (size < BLOCK_BYTES.length && BLOCK_BYTES[size] < bytes) {
      size++;
    }
    return size;
  }
}
