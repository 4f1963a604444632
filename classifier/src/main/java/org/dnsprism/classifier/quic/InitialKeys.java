// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The Initial keys of one connection and the connection identifier that they come from (RFC 9001,
 * section 5.2). Filled by {@link QuicCrypto#derive}. A new connection costs two key objects and the
 * key schedules that the ciphers make of them; the rest is reused.
 */
final class InitialKeys {
  static final int KEY_BYTES = 16;
  static final int IV_BYTES = 12;

  final byte[] connectionId = new byte[LongHeader.MAX_CONNECTION_ID_BYTES];
  final byte[] iv = new byte[IV_BYTES];
  int connectionIdLength;
  int version;
  @Nullable SecretKey packetKey;
  @Nullable SecretKey headerKey;

  boolean present() {
    return packetKey != null;
  }

  void clear() {
    packetKey = null;
    headerKey = null;
  }

  /** Whether the keys come from the connection identifier at {@code offset}. */
  boolean isFrom(ByteBuf buffer, int offset, int length) {
    if (!present() || length != connectionIdLength) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (buffer.getByte(offset + i) != connectionId[i]) {
        return false;
      }
    }
    return true;
  }

  void setConnectionId(ByteBuf buffer, int offset, int length) {
    buffer.getBytes(offset, connectionId, 0, length);
    connectionIdLength = length;
  }

  /** Takes over the identifier of another connection, or of the other direction. */
  void setConnectionId(InitialKeys other) {
    System.arraycopy(other.connectionId, 0, connectionId, 0, other.connectionIdLength);
    connectionIdLength = other.connectionIdLength;
  }
}
