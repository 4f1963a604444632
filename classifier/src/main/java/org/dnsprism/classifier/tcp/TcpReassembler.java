// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tcp;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.reassembly.ByteRanges;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a TCP connection, put in order (RFC 9293, section 3.4) and handed to a {@link
 * StreamSink}. Segments in order are handed over in place; others wait in a block of at most 64 KiB
 * until the hole before them is filled or given up. A hole is given up when the bounds are reached,
 * when the other side has acknowledged it twice, or at {@link #flush}. Repeated bytes are told
 * once. Meant to be kept in a pool: {@link #reset} makes it new. Not thread-safe.
 */
public final class TcpReassembler {
  /** A single segment further off than this is taken for none of the stream. */
  private static final int FAR_BYTES = 1 << 24;

  private static final int MAX_RANGES = 32;

  /** How much of a stream without a known start is kept, in case that earlier bytes follow. */
  private static final int MAX_PREFIX_BYTES = 1 << 12;

  /** Two mirrored directions may overtake one another, so one acknowledgment proves no loss. */
  private static final int ACKNOWLEDGMENTS_FOR_LOSS = 2;

  private final ReassemblyMemory memory;
  private final TcpCounters counters;
  private final ByteRanges waiting = new ByteRanges(MAX_RANGES);
  private @Nullable ByteBuf block;
  private int blockSequence;
  private @Nullable ByteBuf prefix;
  private int prefixLength;
  private boolean started;
  private boolean startKnown;
  private int nextSequence;
  private int acknowledgmentsAhead;
  private boolean strangeSeen;
  private int strangeEnd;
  private long deliveredBytes;

  /** Makes one that is ready for a stream. */
  public TcpReassembler(ReassemblyMemory memory, TcpCounters counters) {
    this.memory = memory;
    this.counters = counters;
  }

  /** Makes it ready for another stream and gives its memory back. */
  public void reset() {
    releaseBlock();
    releasePrefix();
    started = false;
    startKnown = false;
    strangeSeen = false;
    acknowledgmentsAhead = 0;
    deliveredBytes = 0;
  }

  /**
   * Tells where the stream starts: one behind the sequence number of the SYN, or the acknowledgment
   * number of the SYN-ACK from the other side. Without it the stream starts at its first segment.
   * Ignored once a segment was seen.
   */
  public void startAt(long sequence) {
    if (!started) {
      started = true;
      startKnown = true;
      nextSequence = (int) sequence;
    }
  }

  /**
   * A segment came.
   *
   * @param sequence of its first payload byte; for data in a SYN that is one behind the SYN's
   * @param captured bytes of payload at {@code offset}, 0 or more
   * @param declared bytes of payload on the wire, at least {@code captured}
   */
  public void segment(
      long sequence, ByteBuf buffer, int offset, int captured, int declared, StreamSink sink) {
    if (declared <= 0) {
      return;
    }
    if (!started) {
      started = true;
      nextSequence = (int) sequence;
    }
    int ahead = (int) sequence - nextSequence;
    if (isFar(ahead)) {
      segmentFarOff((int) sequence, buffer, offset, captured, declared, sink);
    } else if (ahead == 0 && block == null) {
      deliver(buffer, offset, captured, declared, sink);
    } else if (ahead > 0) {
      segmentAhead((int) sequence, buffer, offset, captured, declared, sink);
    } else if (ahead + declared > 0) {
      int known = -ahead;
      int fresh = Math.max(0, captured - known);
      deliver(buffer, offset + known, fresh, declared - known, sink);
      drain(sink);
    } else if (prefix != null) {
      segmentBeforeStart((int) sequence, buffer, offset, captured, sink);
    } else {
      counters.repeatedSegments++;
    }
  }

  /** The other side acknowledged everything before this sequence number. */
  public void acknowledged(long sequence, StreamSink sink) {
    if (!started) {
      return;
    }
    int ahead = (int) sequence - nextSequence;
    if (prefix != null && ahead + prefixLength > 0) {
      // What was acknowledged will not be sent again: no earlier segment follows.
      releasePrefix();
    }
    // One byte ahead with nothing waiting is the FIN.
    if (ahead <= 0 || isFar(ahead) || (ahead == 1 && !isWaiting())) {
      return;
    }
    if (++acknowledgmentsAhead < ACKNOWLEDGMENTS_FOR_LOSS) {
      return;
    }
    int target = (int) sequence;
    while (target - nextSequence > 0) {
      skipTo(target, sink);
    }
  }

  /** Nothing will come any more: what waits is told, with gaps. */
  public void flush(StreamSink sink) {
    while (isWaiting()) {
      skipTo(blockSequence + waiting.first(), sink);
    }
  }

  /** Whether a segment or the start was seen. */
  public boolean started() {
    return started;
  }

  /** Whether the start of the connection was seen. */
  public boolean startKnown() {
    return startKnown;
  }

  /** Bytes told so far. */
  public long deliveredBytes() {
    return deliveredBytes;
  }

  /** Whether bytes wait behind a hole. */
  public boolean isWaiting() {
    return block != null && !waiting.isEmpty();
  }

  private void deliver(ByteBuf buffer, int offset, int captured, int declared, StreamSink sink) {
    keepPrefix(buffer, offset, captured, declared);
    acknowledgmentsAhead = 0;
    strangeSeen = false;
    nextSequence += declared;
    if (captured > 0) {
      deliveredBytes += captured;
      sink.onBytes(buffer, offset, captured);
    }
    if (captured < declared) {
      gap(declared - captured, sink);
    }
  }

  private void gap(int length, StreamSink sink) {
    releasePrefix();
    counters.gaps++;
    counters.gapBytes += length;
    sink.onGap(length);
  }

  /** Hands over what waits right behind the bytes told so far. */
  private void drain(StreamSink sink) {
    ByteBuf held = block;
    if (held == null) {
      return;
    }
    int position = nextSequence - blockSequence;
    int end = waiting.nextMissing(position);
    if (end > position) {
      deliver(held, position, end - position, end - position, sink);
    }
    waiting.removeBelow(end);
    if (waiting.isEmpty()) {
      releaseBlock();
    }
  }

  /** Gives up the hole up to {@code target} or the first waiting byte, whichever comes first. */
  private void skipTo(int target, StreamSink sink) {
    int length = target - nextSequence;
    if (isWaiting()) {
      length = Math.min(length, blockSequence + waiting.first() - nextSequence);
    }
    if (length > 0) {
      nextSequence += length;
      acknowledgmentsAhead = 0;
      gap(length, sink);
    }
    drain(sink);
  }

  private void segmentAhead(
      int sequence, ByteBuf buffer, int offset, int captured, int declared, StreamSink sink) {
    counters.outOfOrderSegments++;
    while (sequence - nextSequence > 0) {
      if (store(sequence, buffer, offset, captured)) {
        return;
      }
      counters.capHits++;
      skipTo(sequence, sink);
    }
    segment(sequence & 0xffffffffL, buffer, offset, captured, declared, sink);
  }

  private static boolean isFar(int distance) {
    return distance > FAR_BYTES || distance < -FAR_BYTES;
  }

  /** Follows the stream to another place only when a second segment continues the first there. */
  private void segmentFarOff(
      int sequence, ByteBuf buffer, int offset, int captured, int declared, StreamSink sink) {
    if (!strangeSeen || sequence != strangeEnd) {
      counters.strangeSegments++;
      strangeSeen = true;
      strangeEnd = sequence + declared;
      return;
    }
    flush(sink);
    int skipped = Math.max(1, sequence - nextSequence);
    nextSequence = sequence;
    gap(skipped, sink);
    deliver(buffer, offset, captured, declared, sink);
  }

  /** Keeps a segment until the hole before it is filled; false when a bound is in the way. */
  private boolean store(int sequence, ByteBuf buffer, int offset, int captured) {
    if (captured == 0) {
      return true;
    }
    int needed = sequence + captured - nextSequence;
    if (needed > ReassemblyMemory.MAX_BLOCK_BYTES) {
      return false;
    }
    ByteBuf into = block;
    if (into == null || sequence + captured - blockSequence > into.capacity()) {
      into = rebase(nextSequence, needed);
    }
    if (into == null) {
      return false;
    }
    int start = sequence - blockSequence;
    int end = start + captured;
    int missing = waiting.nextMissing(start);
    while (missing < end) {
      int known = waiting.nextPresent(missing, end);
      buffer.getBytes(offset + missing - start, into, missing, known - missing);
      missing = waiting.nextMissing(known);
    }
    return waiting.add(start, end);
  }

  /**
   * Makes the block begin at another sequence number, with what waits moved along.
   *
   * @return null, with the block unchanged, when there is no memory
   */
  private @Nullable ByteBuf rebase(int sequence, int capacity) {
    ByteBuf old = block;
    ByteBuf fresh = memory.acquire(capacity);
    if (fresh == null) {
      return null;
    }
    if (old != null) {
      int shift = blockSequence - sequence;
      int first = waiting.first();
      old.getBytes(first, fresh, first + shift, waiting.end() - first);
      waiting.shift(shift);
      memory.release(old);
    }
    block = fresh;
    blockSequence = sequence;
    return fresh;
  }

  /** Copies the beginning of a stream whose start is not known. */
  private void keepPrefix(ByteBuf buffer, int offset, int captured, int declared) {
    if (startKnown || (prefix == null && deliveredBytes > 0)) {
      return;
    }
    if (captured < declared || prefixLength + captured > MAX_PREFIX_BYTES) {
      releasePrefix();
      return;
    }
    if (prefix == null) {
      prefix = memory.acquire(MAX_PREFIX_BYTES);
    }
    if (prefix != null) {
      buffer.getBytes(offset, prefix, prefixLength, captured);
      prefixLength += captured;
    }
  }

  /** Begins the stream anew at a segment that precedes all others. */
  private void segmentBeforeStart(
      int sequence, ByteBuf buffer, int offset, int captured, StreamSink sink) {
    ByteBuf old = prefix;
    int oldLength = prefixLength;
    int oldStart = nextSequence - oldLength;
    int length = Math.min(captured, oldStart - sequence);
    if (old == null || length <= 0 || oldStart - sequence > MAX_PREFIX_BYTES) {
      counters.repeatedSegments++;
      return;
    }
    counters.restarts++;
    prefix = null;
    prefixLength = 0;
    deliveredBytes = 0;
    nextSequence = sequence;
    moveBlock(sequence);
    sink.onRestart();
    deliver(buffer, offset, length, length, sink);
    segment(oldStart & 0xffffffffL, old, 0, oldLength, oldLength, sink);
    memory.release(old);
  }

  private void moveBlock(int sequence) {
    if (block != null) {
      int capacity = blockSequence - sequence + waiting.end();
      if (capacity > ReassemblyMemory.MAX_BLOCK_BYTES || rebase(sequence, capacity) == null) {
        counters.capHits++;
        releaseBlock();
      }
    }
  }

  private void releasePrefix() {
    prefixLength = 0;
    if (prefix != null) {
      memory.release(prefix);
      prefix = null;
    }
  }

  private void releaseBlock() {
    if (block != null) {
      waiting.clear();
      memory.release(block);
      block = null;
    }
  }
}
