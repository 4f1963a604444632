// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.jspecify.annotations.Nullable;

/**
 * Takes a byte stream apart into TLS records and joins the handshake messages in them, however both
 * are cut. A message that lies whole in one piece is handed on in place; others are joined in a
 * block of the shard's memory, at most 64 KiB.
 */
abstract class RecordStream {
  private static final int MESSAGE_HEADER_BYTES = ClientHelloParser.HEADER_BYTES;
  private static final int MAX_MESSAGE_BYTES = ClientHelloParser.MAX_MESSAGE_BYTES;

  private final ReassemblyMemory memory;
  private final ByteBuf header = Unpooled.wrappedBuffer(new byte[TlsRecord.HEADER_BYTES]);
  private @Nullable ByteBuf block;
  private int headerLength;
  private int recordType;
  private int recordRemaining;
  private int assembled;
  private int skipRemaining;
  private boolean stopped;

  RecordStream(ReassemblyMemory memory) {
    this.memory = memory;
  }

  /** A record begins. */
  abstract void onRecord(int type, int length);

  /** A handshake message begins; whether it is wanted. */
  abstract boolean wantsMessage(int type);

  /** A wanted handshake message is whole. */
  abstract void onMessage(ByteBuf buffer, int offset, int length);

  /** An alert in the clear. */
  abstract void onAlert(int description);

  /** What should be a record header cannot be one. */
  abstract void onBroken();

  /** A wanted message is longer than the bound, or there is no memory for it. */
  abstract void onRefused(boolean tooLong);

  /** Goes back to the start of a stream and gives the memory back. */
  final void resetRecords() {
    headerLength = 0;
    recordRemaining = 0;
    skipRemaining = 0;
    stopped = false;
    releaseBlock();
  }

  /** Reads no further. */
  final void stop() {
    stopped = true;
    releaseBlock();
  }

  /** Whether the stream stands between two records. */
  final boolean atRecordStart() {
    return headerLength == 0 && recordRemaining == 0;
  }

  /** The block in which a message is being joined. */
  final @Nullable ByteBuf block() {
    return block;
  }

  /** How many bytes are in it. */
  final int assembled() {
    return assembled;
  }

  /** Reads the next bytes of the stream. */
  final void read(ByteBuf buffer, int offset, int length) {
    int position = offset;
    int end = offset + length;
    while (position < end && !stopped) {
      position =
          recordRemaining == 0
              ? readHeader(buffer, position, end)
              : readFragment(buffer, position, end);
    }
  }

  private int readHeader(ByteBuf buffer, int position, int end) {
    if (headerLength == 0 && end - position >= TlsRecord.HEADER_BYTES) {
      beginRecord(buffer, position);
      return position + TlsRecord.HEADER_BYTES;
    }
    int count = Math.min(TlsRecord.HEADER_BYTES - headerLength, end - position);
    buffer.getBytes(position, header, headerLength, count);
    headerLength += count;
    if (headerLength == TlsRecord.HEADER_BYTES) {
      headerLength = 0;
      beginRecord(header, 0);
    }
    return position + count;
  }

  private void beginRecord(ByteBuf buffer, int offset) {
    if (!TlsRecord.isPlausible(buffer, offset)) {
      onBroken();
      return;
    }
    recordType = TlsRecord.type(buffer, offset);
    recordRemaining = TlsRecord.length(buffer, offset);
    onRecord(recordType, recordRemaining);
  }

  private int readFragment(ByteBuf buffer, int position, int end) {
    int count = Math.min(recordRemaining, end - position);
    if (recordType == TlsRecord.HANDSHAKE) {
      readHandshake(buffer, position, position + count);
    } else if (recordType == TlsRecord.ALERT && recordRemaining == 2 && count == 2) {
      onAlert(buffer.getUnsignedByte(position + 1));
    }
    recordRemaining -= count;
    return position + count;
  }

  private void readHandshake(ByteBuf buffer, int offset, int end) {
    int position = offset;
    while (position < end && !stopped) {
      int available = end - position;
      if (skipRemaining > 0) {
        int skipped = Math.min(skipRemaining, available);
        skipRemaining -= skipped;
        position += skipped;
      } else if (assembled > 0 || available < MESSAGE_HEADER_BYTES) {
        position = assemble(buffer, position, end);
      } else {
        position = beginMessage(buffer, position, end);
      }
    }
  }

  private int beginMessage(ByteBuf buffer, int position, int end) {
    int length = MESSAGE_HEADER_BYTES + ClientHelloParser.bodyLength(buffer, position);
    if (!wantsMessage(buffer.getUnsignedByte(position))) {
      skipRemaining = length;
      return position;
    }
    if (length > end - position) {
      return assemble(buffer, position, end);
    }
    onMessage(buffer, position, length);
    return position + length;
  }

  private int assemble(ByteBuf buffer, int position, int end) {
    int goal = goal(buffer, position, end);
    int next = collect(buffer, position, end, goal);
    if (assembled == goal && block != null) {
      finishMessage(block, goal);
    }
    return next;
  }

  /**
   * Appends bytes to the block until it holds {@code goal}; stops if it cannot.
   *
   * @return the position behind the bytes taken
   */
  final int collect(ByteBuf buffer, int position, int end, int goal) {
    ByteBuf into = goal > MAX_MESSAGE_BYTES ? null : reserve(goal);
    if (into == null) {
      stop();
      onRefused(goal > MAX_MESSAGE_BYTES);
      return end;
    }
    int count = Math.min(goal - assembled, end - position);
    buffer.getBytes(position, into, assembled, count);
    assembled += count;
    return position + count;
  }

  /** How long the message is, or its header while that is not whole. */
  private int goal(ByteBuf buffer, int position, int end) {
    if (assembled >= MESSAGE_HEADER_BYTES && block != null) {
      return MESSAGE_HEADER_BYTES + ClientHelloParser.bodyLength(block, 0);
    }
    boolean known = assembled == 0 && end - position >= MESSAGE_HEADER_BYTES;
    return MESSAGE_HEADER_BYTES + (known ? ClientHelloParser.bodyLength(buffer, position) : 0);
  }

  private void finishMessage(ByteBuf message, int length) {
    if (length == MESSAGE_HEADER_BYTES) {
      int body = ClientHelloParser.bodyLength(message, 0);
      if (!wantsMessage(message.getUnsignedByte(0))) {
        skipRemaining = body;
        releaseBlock();
        return;
      }
      if (body > 0) {
        return;
      }
    }
    onMessage(message, 0, length);
    releaseBlock();
  }

  private @Nullable ByteBuf reserve(int length) {
    ByteBuf old = block;
    if (old != null && old.capacity() >= length) {
      return old;
    }
    ByteBuf fresh = memory.acquire(length);
    if (fresh != null && old != null) {
      old.getBytes(0, fresh, 0, assembled);
      memory.release(old);
    }
    block = fresh == null ? old : fresh;
    return fresh;
  }

  private void releaseBlock() {
    assembled = 0;
    if (block != null) {
      memory.release(block);
      block = null;
    }
  }
}
