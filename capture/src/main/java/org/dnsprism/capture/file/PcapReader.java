// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * The pcap format (draft-ietf-opsawg-pcap): a header of 24 bytes, then records.
 *
 * <pre>
 * +---------------------------------------------------------------+
 * |                      Timestamp (Seconds)                      |
 * |            Timestamp (Microseconds or nanoseconds)            |
 * |                    Captured Packet Length                     |
 * |                    Original Packet Length                     |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class PcapReader extends RecordReader {
  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;
  private static final int MODIFIED = 0xa1b2cd34;
  private static final int FILE_HEADER = 24;
  private static final int LINK_TYPE_OFFSET = 20;
  private static final int LINK_TYPE_MASK = 0x03ff_ffff;
  private static final int RECORD_HEADER = 16;
  private static final int MODIFIED_RECORD_HEADER = 24;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private boolean littleEndian;
  private int fractionNanos = 1000;
  private int headerLength = RECORD_HEADER;

  /** Whether a file that starts with these bytes, read big-endian, has this format. */
  static boolean knows(int magic) {
    return isMagic(magic) || isMagic(Integer.reverseBytes(magic));
  }

  private static boolean isMagic(int magic) {
    return magic == MICROSECONDS || magic == NANOSECONDS || magic == MODIFIED;
  }

  @Override
  void begin(Chunk chunk) throws IOException {
    if (!chunk.fill(FILE_HEADER)) {
      needed = FILE_HEADER;
      return;
    }
    ByteBuf buffer = chunk.view();
    int at = chunk.position();
    littleEndian = !isMagic(buffer.getInt(at));
    int magic = i32(buffer, at, littleEndian);
    fractionNanos = magic == NANOSECONDS ? 1 : 1000;
    headerLength = magic == MODIFIED ? MODIFIED_RECORD_HEADER : RECORD_HEADER;
    linkType = i32(buffer, at + LINK_TYPE_OFFSET, littleEndian) & LINK_TYPE_MASK & 0xffff;
    chunk.skip(FILE_HEADER);
  }

  @Override
  Result next(Chunk chunk) {
    if (chunk.available() < headerLength) {
      return need(headerLength);
    }
    ByteBuf buffer = chunk.view();
    int at = chunk.position();
    int captured = i32(buffer, at + 8, littleEndian);
    if (captured < 0 || captured > MAX_FRAME_BYTES) {
      return damaged("a frame of " + Integer.toUnsignedString(captured) + " bytes");
    }
    if (chunk.available() < headerLength + captured) {
      return need(headerLength + captured);
    }
    timeNanos =
        u32(buffer, at, littleEndian) * NANOS_PER_SECOND
            + u32(buffer, at + 4, littleEndian) * fractionNanos;
    capturedLength = captured;
    wireLength = Math.max(captured, i32(buffer, at + 12, littleEndian));
    frameOffset = at + headerLength;
    chunk.skip(headerLength + captured);
    return Result.FRAME;
  }
}
