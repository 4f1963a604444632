// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;

/**
 * Tells whether a datagram on the ports of a known connection opens another one: an Initial that
 * its own destination identifier decrypts (RFC 9001, section 5.2). Not thread-safe.
 */
public final class QuicRestart {
  private final QuicCrypto crypto;
  private final InitialKeys keys = new InitialKeys();
  private final LongHeader header = new LongHeader();

  /** Makes one for a shard. */
  public QuicRestart(QuicCrypto crypto) {
    this.crypto = crypto;
  }

  /** Whether the first byte is that of a long header: a look that most datagrams do not pass. */
  public static boolean possible(ByteBuf buffer, int offset, int length) {
    return length > 0 && LongHeader.isLong(buffer, offset);
  }

  /**
   * Reads the header of a datagram.
   *
   * @param length captured bytes of its payload
   * @return a hash of the destination identifier, or 0 when this is no whole Initial of a client
   */
  public long connection(ByteBuf buffer, int offset, int length) {
    boolean candidate =
        possible(buffer, offset, length)
            && header.read(buffer, offset, offset + length)
            && QuicVersion.isKnown(header.version)
            && header.type == LongHeader.INITIAL
            && header.end <= offset + length
            && header.mayBeFirst();
    return candidate ? header.hash(buffer, header.dcidOffset, header.dcidLength) : 0;
  }

  /** Whether the Initial carries a token, as the one after a Retry does. */
  public boolean hasToken() {
    return header.tokenLength > 0;
  }

  /**
   * Whether the Initial whose header was read opens a connection.
   *
   * @param timeNanos of the packet, for the budget of decryptions
   */
  public boolean opens(ByteBuf buffer, long timeNanos) {
    if (!crypto.mayDecrypt(timeNanos)) {
      return false;
    }
    keys.setConnectionId(buffer, header.dcidOffset, header.dcidLength);
    crypto.derive(keys, header.version, true);
    return crypto.open(keys, buffer, header, -1) >= 0;
  }
}
