// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Reads one capture format record by record. After {@link #next} said {@link Result#FRAME} the
 * fields tell of a frame whose bytes are in the chunk.
 */
abstract class RecordReader {
  /** The most bytes of a frame that are believed, as in libpcap. */
  static final int MAX_FRAME_BYTES = 256 << 10;

  /** What the next bytes are. */
  enum Result {
    /** A frame, whole in the chunk. */
    FRAME,
    /** Something that is no frame; it has been passed over. */
    OTHER,
    /** More bytes are needed: {@link RecordReader#needed} says how many. */
    NEED_BYTES,
    /** Bytes that no writer of the format makes: {@link RecordReader#damage} says what. */
    DAMAGED
  }

  /** Bytes that must be available for the next call. */
  int needed;

  /** Bytes behind the record that are to be passed over without being kept. */
  long skip;

  /** What is wrong. */
  String damage = "";

  int frameOffset;
  int capturedLength;
  int wireLength;
  long timeNanos;
  int linkType;

  /** Looks at the next record, which starts at the chunk's position, and steps over it. */
  abstract Result next(Chunk chunk);

  /** Reads what stands before the first record. */
  abstract void begin(Chunk chunk) throws IOException;

  final Result need(int bytes) {
    needed = bytes;
    return Result.NEED_BYTES;
  }

  final Result damaged(String what) {
    damage = what;
    return Result.DAMAGED;
  }

  /** A 16-bit field in the byte order of the file. */
  static int u16(ByteBuf buffer, int index, boolean littleEndian) {
    return littleEndian ? buffer.getUnsignedShortLE(index) : buffer.getUnsignedShort(index);
  }

  /** A 32-bit field in the byte order of the file. */
  static int i32(ByteBuf buffer, int index, boolean littleEndian) {
    return littleEndian ? buffer.getIntLE(index) : buffer.getInt(index);
  }

  static long u32(ByteBuf buffer, int index, boolean littleEndian) {
    return i32(buffer, index, littleEndian) & 0xffff_ffffL;
  }
}
