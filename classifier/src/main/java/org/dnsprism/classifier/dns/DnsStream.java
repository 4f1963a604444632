// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.jspecify.annotations.Nullable;

/**
 * One direction of DNS over TCP (RFC 1035, section 4.2.2; RFC 7766): finds the messages in a stream
 * of bytes, however it is cut. After a hole, or when the start was not seen, it looks for a length
 * with a plausible header behind it. Pooled; not thread-safe.
 */
public final class DnsStream {
  private static final int PREFIX = 2;
  private static final int FRAMED_HEADER = PREFIX + DnsHeader.LENGTH;

  /** The most bytes of a piece that can be the start of a header that goes on in the next. */
  private static final int MAX_SEAM = FRAMED_HEADER - 1;

  private final ReassemblyMemory memory;
  private final ByteBuf seam = Unpooled.wrappedBuffer(new byte[2 * MAX_SEAM]);
  private int seamBytes;
  private @Nullable ByteBuf block;
  private int collected;
  private int prefixBytes;
  private int prefix;
  private boolean synchronised;
  private long skippedBytes;
  private long resynchronisations;

  /** Takes the messages of a stream. */
  @FunctionalInterface
  public interface Sink {
    /**
     * A message is complete.
     *
     * @param buffer holds it during the call
     * @param offset index of its header
     * @param length as its length field says
     */
    void onMessage(ByteBuf buffer, int offset, int length);
  }

  /** Makes one that is ready for a stream. */
  public DnsStream(ReassemblyMemory memory) {
    this.memory = memory;
  }

  /**
   * Makes it ready for another stream.
   *
   * @param startKnown whether the first byte to come is the stream's first
   */
  public void reset(boolean startKnown) {
    dropCollected();
    synchronised = startKnown;
    skippedBytes = 0;
    resynchronisations = 0;
  }

  /** The next bytes of the stream. */
  public void feed(ByteBuf buffer, int offset, int length, Sink sink) {
    int position = offset;
    int end = offset + length;
    while (position < end) {
      if (!synchronised) {
        position = synchronise(buffer, position, end, sink);
      } else if (prefixBytes == 0 && end - position >= PREFIX) {
        position = inPlace(buffer, position, end, sink);
      } else if (prefixBytes < PREFIX) {
        prefix = prefix << 8 | buffer.getUnsignedByte(position++);
        prefixBytes++;
        checkPrefix();
      } else {
        position = collect(buffer, position, end, sink);
      }
    }
  }

  /** Bytes are missing: what was collected is lost, and the next message must be found. */
  public void gap() {
    skippedBytes += prefixBytes + collected;
    dropCollected();
    synchronised = false;
  }

  /** Bytes that belong to no message that could be read. */
  public long skippedBytes() {
    return skippedBytes;
  }

  /** How often the start of a message had to be looked for and was found. */
  public long resynchronisations() {
    return resynchronisations;
  }

  private int inPlace(ByteBuf buffer, int position, int end, Sink sink) {
    int length = buffer.getUnsignedShort(position);
    if (end - position - PREFIX >= length && length >= DnsHeader.LENGTH) {
      sink.onMessage(buffer, position + PREFIX, length);
      return position + PREFIX + length;
    }
    prefix = length;
    prefixBytes = PREFIX;
    checkPrefix();
    return position + PREFIX;
  }

  /** A length that no message can have: the stream is not where it seemed to be. */
  private void checkPrefix() {
    if (prefixBytes == PREFIX && prefix < DnsHeader.LENGTH) {
      gap();
    }
  }

  private int collect(ByteBuf buffer, int position, int end, Sink sink) {
    int take = Math.min(end - position, prefix - collected);
    if (collected == 0) {
      block = memory.acquire(prefix);
    }
    ByteBuf into = block;
    if (into != null) {
      into.setBytes(collected, buffer, position, take);
    }
    collected += take;
    if (collected == prefix) {
      finish(into, sink);
    }
    return position + take;
  }

  /** Hands over the message; without memory for it, it is skipped. */
  private void finish(@Nullable ByteBuf message, Sink sink) {
    int length = prefix;
    collected = 0;
    prefixBytes = 0;
    prefix = 0;
    if (message == null) {
      skippedBytes += PREFIX + length;
    } else {
      sink.onMessage(message, 0, length);
    }
    dropCollected();
  }

  private int synchronise(ByteBuf buffer, int from, int end, Sink sink) {
    if (seamBytes > 0 && startsInSeam(buffer, from, end, sink)) {
      return from;
    }
    for (int at = from; end - at >= FRAMED_HEADER; at++) {
      if (startsAt(buffer, at)) {
        found();
        skippedBytes += at - from;
        return at;
      }
    }
    skippedBytes += end - from;
    keepSeam(buffer, from, end);
    return end;
  }

  private static boolean startsAt(ByteBuf buffer, int at) {
    int length = buffer.getUnsignedShort(at);
    return length > DnsHeader.LENGTH && DnsHeader.ordinary(buffer, at + PREFIX, length);
  }

  private void found() {
    synchronised = true;
    resynchronisations++;
    seamBytes = 0;
  }

  /** Looks for a header that began in the pieces before; what they hold of it is read now. */
  private boolean startsInSeam(ByteBuf buffer, int from, int end, Sink sink) {
    int held = seamBytes;
    int more = Math.min(MAX_SEAM, end - from);
    seam.setBytes(held, buffer, from, more);
    for (int at = 0; at < held && held + more - at >= FRAMED_HEADER; at++) {
      if (startsAt(seam, at)) {
        found();
        skippedBytes -= held - at; // they were counted when they came
        feed(seam, at, held - at, sink);
        return true;
      }
    }
    return false;
  }

  private void keepSeam(ByteBuf buffer, int from, int end) {
    int fresh = Math.min(MAX_SEAM, end - from);
    int old = Math.min(seamBytes, MAX_SEAM - fresh);
    seam.setBytes(0, seam, seamBytes - old, old);
    seam.setBytes(old, buffer, end - fresh, fresh);
    seamBytes = old + fresh;
  }

  private void dropCollected() {
    seamBytes = 0;
    if (block != null) {
      memory.release(block);
      block = null;
    }
    collected = 0;
    prefixBytes = 0;
    prefix = 0;
  }
}
