// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;

/**
 * A ServerHello (RFC 8446, section 4.1.3): version, random, session id, suite, compression, and
 * extensions with 16-bit lengths.
 */
final class ServerHello {
  private static final int VERSION_OFFSET = 4;
  private static final int RANDOM_OFFSET = 6;
  private static final int SESSION_ID_OFFSET = RANDOM_OFFSET + 32;

  /** First half of the random that marks a HelloRetryRequest: SHA-256 of its name. */
  private static final long RETRY_RANDOM_START = 0xcf21ad74e59a6111L;

  private static final long RETRY_RANDOM_NEXT = 0xbe1d8c021e65b891L;

  final byte[] alpn = new byte[256];
  int alpnLength;
  int version;
  boolean seen;
  boolean retryRequest;

  void clear() {
    seen = false;
    retryRequest = false;
    version = 0;
    alpnLength = 0;
  }

  /** Reads a whole message; false when its lengths do not fit. */
  boolean read(ByteBuf buffer, int offset, int length) {
    int end = offset + length;
    int position = offset + SESSION_ID_OFFSET;
    if (position >= end || buffer.getByte(offset + VERSION_OFFSET) != 3) {
      return false;
    }
    position += 1 + buffer.getUnsignedByte(position) + 3;
    if (position > end) {
      return false;
    }
    seen = true;
    version = buffer.getUnsignedShort(offset + VERSION_OFFSET);
    retryRequest =
        buffer.getLong(offset + RANDOM_OFFSET) == RETRY_RANDOM_START
            && buffer.getLong(offset + RANDOM_OFFSET + 8) == RETRY_RANDOM_NEXT;
    return position + 2 > end || readExtensions(buffer, position + 2, end);
  }

  private boolean readExtensions(ByteBuf buffer, int offset, int end) {
    int position = offset;
    while (position + 4 <= end) {
      int type = buffer.getUnsignedShort(position);
      int start = position + 4;
      position = start + buffer.getUnsignedShort(position + 2);
      if (position > end) {
        return false;
      }
      if (type == ExtensionType.SUPPORTED_VERSIONS && position == start + 2) {
        int chosen = buffer.getUnsignedShort(start);
        version = chosen >>> 8 == 0x7f ? 0x0304 : chosen;
      } else if (type == ExtensionType.ALPN) {
        readAlpn(buffer, start, position);
      }
    }
    return true;
  }

  private void readAlpn(ByteBuf buffer, int start, int end) {
    if (start + 3 <= end && start + 3 + buffer.getUnsignedByte(start + 2) == end) {
      alpnLength = end - start - 2;
      buffer.getBytes(start + 2, alpn, 0, alpnLength);
    }
  }
}
