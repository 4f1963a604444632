// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.reassembly.ByteRanges;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the CRYPTO frames of a client's Initials (RFC 9000, section 19.6), put together by
 * their offsets. Frames may come in any order, repeat and overlap; at most 64 KiB are kept.
 */
final class CryptoStream {
  private static final int MAX_RANGES = 256;

  private final ReassemblyMemory memory;
  private final QuicCounters counters;
  private final ByteRanges present = new ByteRanges(MAX_RANGES);
  private @Nullable ByteBuf block;

  CryptoStream(ReassemblyMemory memory, QuicCounters counters) {
    this.memory = memory;
    this.counters = counters;
  }

  void clear() {
    present.clear();
    if (block != null) {
      memory.release(block);
      block = null;
    }
  }

  boolean isEmpty() {
    return present.isEmpty();
  }

  /** The stream from its start; {@link #contiguous()} bytes of it are there. */
  @Nullable ByteBuf bytes() {
    return block;
  }

  /** How many bytes are there without a hole, from the start on. */
  int contiguous() {
    return present.nextMissing(0);
  }

  /** Puts the data of a frame in its place; what is there already stays. */
  void add(long streamOffset, ByteBuf buffer, int offset, int length) {
    if (streamOffset + length > ReassemblyMemory.MAX_BLOCK_BYTES) {
      counters.cryptoCapHits++;
      return;
    }
    int start = (int) streamOffset;
    int end = start + length;
    ByteBuf into = reserve(end);
    if (into == null) {
      counters.memoryRefusals++;
      return;
    }
    int missing = present.nextMissing(start);
    while (missing < end) {
      int known = present.nextPresent(missing, end);
      buffer.getBytes(offset + missing - start, into, missing, known - missing);
      missing = present.nextMissing(known);
    }
    if (!present.add(start, end)) {
      counters.cryptoCapHits++;
    }
  }

  private @Nullable ByteBuf reserve(int length) {
    ByteBuf old = block;
    if (old != null && old.capacity() >= length) {
      return old;
    }
    ByteBuf fresh = memory.acquire(length);
    if (fresh == null) {
      return null;
    }
    if (old != null) {
      old.getBytes(0, fresh, 0, present.end());
      memory.release(old);
    }
    block = fresh;
    return fresh;
  }
}
