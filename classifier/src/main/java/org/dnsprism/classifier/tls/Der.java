// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;

/** A reused cursor over DER: tag, length of one to four bytes, contents (ITU-T X.690, clause 8). */
final class Der {
  private static final int MAX_LENGTH_BYTES = 3;

  int tag;
  int start;
  int end;

  /** Reads the element at {@code offset}; false, and unchanged, if it is cut or has another tag. */
  boolean read(ByteBuf buffer, int offset, int limit, int wantedTag) {
    return offset < limit
        && buffer.getUnsignedByte(offset) == wantedTag
        && readAny(buffer, offset, limit);
  }

  /** Reads the element at {@code offset}; false, and unchanged, if it does not fit. */
  boolean readAny(ByteBuf buffer, int offset, int limit) {
    if (offset + 2 > limit) {
      return false;
    }
    int length = buffer.getUnsignedByte(offset + 1);
    int contents = offset + 2;
    if (length >= 0x80) {
      int lengthBytes = length & 0x7f;
      if (lengthBytes == 0 || lengthBytes > MAX_LENGTH_BYTES || contents + lengthBytes > limit) {
        return false;
      }
      length = 0;
      for (int i = 0; i < lengthBytes; i++) {
        length = length << 8 | buffer.getUnsignedByte(contents + i);
      }
      contents += lengthBytes;
    }
    if (length > limit - contents) {
      return false;
    }
    tag = buffer.getUnsignedByte(offset);
    start = contents;
    end = contents + length;
    return true;
  }
}
