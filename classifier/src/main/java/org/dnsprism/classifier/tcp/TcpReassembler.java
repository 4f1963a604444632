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
@SuppressWarnings("UnusedVariable")
public final class TcpReassembler {
  /** Further ahead than this a segment is no part of the stream: the largest scaled window. */
  private static final int MAX_AHEAD_BYTES = 1 << 30;

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
  private int startSequence;
  private int nextSequence;
  private int acknowledgmentsAhead;
  private int strangeEnd;
  private boolean strangeSeen;
  private long deliveredBytes;

  /** Makes one that is ready for a stream. */
  public TcpReassembler(ReassemblyMemory memory, TcpCounters counters) {
    this.memory = memory;
    this.counters = counters;
  }

  /** Makes it ready for another stream and gives its memory back. */
  public void reset() {}

  /**
   * Tells where the stream starts: one behind the sequence number of the SYN, or the acknowledgment
   * number of the SYN-ACK from the other side.
   */
  public void startAt(long sequence) {}

  /**
   * A segment came.
   *
   * @param sequence of its first payload byte (for data in a SYN: one behind the SYN)
   * @param captured bytes of payload at {@code offset}
   * @param declared bytes of payload on the wire, at least {@code captured}
   */
  public void segment(
      long sequence, ByteBuf buffer, int offset, int captured, int declared, StreamSink sink) {}

  /** The other side acknowledged everything before this sequence number. */
  public void acknowledged(long sequence, StreamSink sink) {}

  /** Nothing will come any more: what waits is told, with gaps. */
  public void flush(StreamSink sink) {}

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

  /** Bytes that wait behind a hole. */
  public int waitingBytes() {
    return 0;
  }
}
