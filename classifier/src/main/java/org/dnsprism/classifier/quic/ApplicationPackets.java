// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;

/**
 * Finds the packets with application data in the datagrams of one QUIC connection: 0-RTT, and 1-RTT
 * behind coalesced long headers or alone (RFC 9000, sections 12.2 and 17.3). Meant to be kept in a
 * pool: {@link #reset} makes it new. Not thread-safe.
 */
public final class ApplicationPackets {
  private static final int MAX_COALESCED = 8;
  private static final int UNKNOWN = -1;

  /** Taken where no long header told the length of a connection identifier. */
  private static final int USUAL_IDENTIFIER_BYTES = 8;

  private final LongHeader header = new LongHeader();
  private int clientIdentifierBytes = UNKNOWN;
  private int serverIdentifierBytes = UNKNOWN;

  /** Makes it ready for another connection. */
  public void reset() {
    clientIdentifierBytes = UNKNOWN;
    serverIdentifierBytes = UNKNOWN;
  }

  /**
   * How long the packets with application data in a datagram are, without their first bytes,
   * connection identifiers and, in long headers, all up to the packet number.
   *
   * @param captured bytes at {@code offset}, 0 or more
   * @param declared bytes of the datagram on the wire, at least {@code captured}
   * @return their sum in bytes, 0 when there are none
   */
  public int length(ByteBuf buffer, int offset, int captured, int declared, boolean fromClient) {
    int position = offset;
    int limit = offset + captured;
    int sum = 0;
    for (int i = 0; i < MAX_COALESCED && position < limit; i++) {
      if (!LongHeader.isLong(buffer, position)) {
        // Behind other packets, bytes without the fixed bit are padding.
        boolean packet = i == 0 || LongHeader.hasFixedBit(buffer, position);
        return packet ? sum + shortLength(offset + declared - position, fromClient) : sum;
      }
      if (!header.read(buffer, position, limit) || !QuicVersion.isKnown(header.version)) {
        return sum;
      }
      noteIdentifier(fromClient);
      if (header.type == LongHeader.ZERO_RTT) {
        sum += Math.max(0, Math.min(header.end, offset + declared) - header.packetNumberOffset);
      }
      position = header.end;
    }
    return sum;
  }

  private int shortLength(int packetBytes, boolean fromClient) {
    int bytes = fromClient ? serverIdentifierBytes : clientIdentifierBytes;
    return Math.max(0, packetBytes - 1 - (bytes == UNKNOWN ? USUAL_IDENTIFIER_BYTES : bytes));
  }

  private void noteIdentifier(boolean fromClient) {
    if (fromClient) {
      clientIdentifierBytes = header.scidLength;
    } else {
      serverIdentifierBytes = header.scidLength;
    }
  }
}
