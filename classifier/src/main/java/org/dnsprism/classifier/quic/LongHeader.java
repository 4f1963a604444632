// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;

/**
 * A QUIC long header (RFC 9000, section 17.2), read into a reused object.
 *
 * <pre>
 *  0        1           5      6            6+d    7+d
 * +--------+-----------+------+------------+------+-------------+----
 * |1F TT...|  version  |  d   | DCID (d B) |  s   | SCID (s B)  | ...
 * +--------+-----------+------+------------+------+-------------+----
 *   Initial: ... token length (varint), token, length (varint), packet number, payload
 *   0-RTT, Handshake:                      ... length (varint), packet number, payload
 *   Retry: ... token, integrity tag (16 B)
 * </pre>
 */
final class LongHeader {
  static final int INITIAL = 0;
  static final int ZERO_RTT = 1;
  static final int HANDSHAKE = 2;
  static final int RETRY = 3;

  static final int MAX_CONNECTION_ID_BYTES = 20;

  /** Packet number and tag at their shortest; a header protection sample needs as much. */
  static final int MIN_LENGTH_BYTES = 20;

  private static final int VERSION_OFFSET = 1;
  private static final int DCID_LENGTH_OFFSET = 5;
  private static final int FIXED_BIT = 0x40;

  int start;
  int version;
  int type;
  boolean fixedBit;
  int dcidOffset;
  int dcidLength;
  int scidOffset;
  int scidLength;
  int packetNumberOffset;

  /** Where the packet ends by its length field; may lie behind the captured bytes. */
  int end;

  /** Whether the first byte is that of a long header, of any version (RFC 8999, section 5.1). */
  static boolean isLong(ByteBuf buffer, int offset) {
    return buffer.getByte(offset) < 0;
  }

  /** Whether the bit that every packet of version 1 has, if not greased (RFC 9287), is set. */
  static boolean hasFixedBit(ByteBuf buffer, int offset) {
    return (buffer.getByte(offset) & FIXED_BIT) != 0;
  }

  /**
   * Reads the header at {@code offset}; type and what follows the connection identifiers only for
   * versions with the layout of version 1.
   *
   * @param limit end of the captured bytes
   * @return false when the lengths do not fit
   */
  boolean read(ByteBuf buffer, int offset, int limit) {
    if (offset + DCID_LENGTH_OFFSET + 1 > limit) {
      return false;
    }
    start = offset;
    end = limit;
    int first = buffer.getByte(offset);
    fixedBit = (first & FIXED_BIT) != 0;
    version = buffer.getInt(offset + VERSION_OFFSET);
    // RFC 9369, section 3.2: version 2 moves the types on by one.
    type = ((first >>> 4 & 3) - (QuicVersion.isV2(version) ? 1 : 0)) & 3;
    dcidLength = buffer.getUnsignedByte(offset + DCID_LENGTH_OFFSET);
    dcidOffset = offset + DCID_LENGTH_OFFSET + 1;
    int position = dcidOffset + dcidLength;
    if (dcidLength > MAX_CONNECTION_ID_BYTES || position >= limit) {
      return false;
    }
    scidLength = buffer.getUnsignedByte(position);
    scidOffset = position + 1;
    position = scidOffset + scidLength;
    if (scidLength > MAX_CONNECTION_ID_BYTES || position > limit) {
      return false;
    }
    packetNumberOffset = position;
    return version == QuicVersion.NEGOTIATION || type == RETRY || readLengths(buffer, limit);
  }

  /** Reads the header again as that of an Initial, whatever its type bits say. */
  boolean readAsInitial(ByteBuf buffer, int limit) {
    type = INITIAL;
    packetNumberOffset = scidOffset + scidLength;
    return readLengths(buffer, limit);
  }

  private boolean readLengths(ByteBuf buffer, int limit) {
    int position = packetNumberOffset;
    if (type == INITIAL) {
      if (!Varint.fits(buffer, position, limit)) {
        return false;
      }
      long tokenLength = Varint.value(buffer, position);
      position += Varint.length(buffer, position);
      if (tokenLength > limit - position) {
        return false;
      }
      position += (int) tokenLength;
    }
    if (!Varint.fits(buffer, position, limit)) {
      return false;
    }
    long length = Varint.value(buffer, position);
    packetNumberOffset = position + Varint.length(buffer, position);
    if (length < MIN_LENGTH_BYTES || length > 0xffff) {
      return false;
    }
    end = packetNumberOffset + (int) length;
    return true;
  }
}
