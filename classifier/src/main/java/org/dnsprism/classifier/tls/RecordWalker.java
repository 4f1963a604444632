// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Walks over the TLS records of one direction of a stream: reads their headers, skips what they
 * hold. Behind a hole it looks for the next header. Meant to be kept in a pool: {@link #reset}
 * makes it new. Not thread-safe.
 */
public final class RecordWalker {
  /** Pieces of the stream in which a header is looked for before it is given up. */
  private static final int MAX_SEARCHED_PIECES = 64;

  private final ByteBuf header = Unpooled.wrappedBuffer(new byte[TlsRecord.HEADER_BYTES]);
  private int headerLength;
  private int remaining;
  private boolean searching;
  private int searchedPieces;

  /**
   * Makes it ready for another stream.
   *
   * @param startKnown whether the first bytes will be the first of the connection; if not, a header
   *     is looked for
   */
  public void reset(boolean startKnown) {
    headerLength = 0;
    remaining = 0;
    searching = !startKnown;
    searchedPieces = 0;
  }

  /** Whether the headers were lost for good. */
  public boolean lost() {
    return searchedPieces == MAX_SEARCHED_PIECES;
  }

  /** Takes the next bytes of the stream. */
  public void bytes(ByteBuf buffer, int offset, int length, RecordSink sink) {
    int position = offset;
    int end = offset + length;
    while (position < end) {
      if (searching) {
        position = search(buffer, position, end);
      } else if (remaining > 0) {
        int count = Math.min(remaining, end - position);
        remaining -= count;
        position += count;
      } else {
        position = readHeader(buffer, position, end, sink);
      }
    }
  }

  /**
   * Bytes of the stream are missing.
   *
   * @param length how many, 1 or more
   */
  public void gap(long length, RecordSink sink) {
    if (searching) {
      return;
    }
    if (headerLength == 0 && length <= remaining) {
      remaining -= (int) length;
    } else {
      lose(sink);
    }
  }

  private void lose(RecordSink sink) {
    headerLength = 0;
    remaining = 0;
    searching = true;
    searchedPieces = 0;
    sink.onLoss();
  }

  private int readHeader(ByteBuf buffer, int position, int end, RecordSink sink) {
    if (headerLength == 0 && end - position >= TlsRecord.HEADER_BYTES) {
      return begin(buffer, position, sink) ? position + TlsRecord.HEADER_BYTES : position + 1;
    }
    int count = Math.min(TlsRecord.HEADER_BYTES - headerLength, end - position);
    buffer.getBytes(position, header, headerLength, count);
    headerLength += count;
    if (headerLength == TlsRecord.HEADER_BYTES) {
      headerLength = 0;
      begin(header, 0, sink);
    }
    return position + count;
  }

  private boolean begin(ByteBuf buffer, int offset, RecordSink sink) {
    if (!TlsRecord.isPlausible(buffer, offset)) {
      lose(sink);
      return false;
    }
    remaining = TlsRecord.length(buffer, offset);
    sink.onRecord(TlsRecord.type(buffer, offset), remaining);
    return true;
  }

  /** The position of the next header in the piece, or its end. */
  private int search(ByteBuf buffer, int offset, int end) {
    if (lost()) {
      return end;
    }
    for (int position = offset; position <= end - TlsRecord.HEADER_BYTES; position++) {
      if (isHeader(buffer, position, end)) {
        searching = false;
        return position;
      }
    }
    searchedPieces++;
    return end;
  }

  /** Whether a header is there and, where the piece has room for it, another one behind it. */
  private static boolean isHeader(ByteBuf buffer, int position, int end) {
    if (!TlsRecord.isPlausible(buffer, position)) {
      return false;
    }
    int next = position + TlsRecord.HEADER_BYTES + TlsRecord.length(buffer, position);
    return next > end - TlsRecord.HEADER_BYTES || TlsRecord.isPlausible(buffer, next);
  }
}
