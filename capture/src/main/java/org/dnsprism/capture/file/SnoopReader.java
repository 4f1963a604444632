// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.dnsprism.capture.LinkType;

/** The snoop format (RFC 1761): a header of 16 bytes, then records of a header of 24 and data. */
final class SnoopReader extends RecordReader {
  private static final int MAGIC = 0x736e6f6f;
  private static final int FILE_HEADER = 16;
  private static final int RECORD_HEADER = 24;
  private static final int DATA_LINK_ETHERNET = 4;
  private static final int UNKNOWN_LINK_TYPE = 0xffff;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  static boolean knows(int magic) {
    return magic == MAGIC;
  }

  @Override
  void begin(Chunk chunk) throws IOException {
    if (!chunk.fill(FILE_HEADER)) {
      needed = FILE_HEADER;
      return;
    }
    boolean ethernet = chunk.view().getInt(chunk.position() + 12) == DATA_LINK_ETHERNET;
    linkType = ethernet ? LinkType.ETHERNET : UNKNOWN_LINK_TYPE;
    chunk.skip(FILE_HEADER);
  }

  @Override
  Result next(Chunk chunk) {
    if (chunk.available() < RECORD_HEADER) {
      return need(RECORD_HEADER);
    }
    ByteBuf buffer = chunk.view();
    int at = chunk.position();
    int captured = buffer.getInt(at + 4);
    int recordLength = buffer.getInt(at + 8);
    if (captured < 0
        || captured > MAX_FRAME_BYTES
        || recordLength < RECORD_HEADER + captured
        || recordLength > MAX_FRAME_BYTES + RECORD_HEADER) {
      return damaged("a record whose lengths contradict each other");
    }
    if (chunk.available() < recordLength) {
      return need(recordLength);
    }
    capturedLength = captured;
    wireLength = Math.max(captured, buffer.getInt(at));
    timeNanos =
        buffer.getUnsignedInt(at + 16) * NANOS_PER_SECOND + buffer.getUnsignedInt(at + 20) * 1000;
    frameOffset = at + RECORD_HEADER;
    chunk.skip(recordLength);
    return Result.FRAME;
  }
}
