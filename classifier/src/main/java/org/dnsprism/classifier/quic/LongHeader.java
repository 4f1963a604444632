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

  /** A client's first destination identifier is no shorter (RFC 9000, section 7.2). */
  private static final int MIN_FIRST_DCID_BYTES = 8;

  /** Packet number and tag at their shortest; a header protection sample needs as much. */
  static final int MIN_LENGTH_BYTES = 20;

  private static final int VERSION_OFFSET = 1;
  private static final int DCID_LENGTH_OFFSET = 5;
  private static final int FIXED_BIT = 0x40;

  /** The prime of FNV-1a, 64 bits. */
  private static final long HASH_PRIME = 0x100000001b3L;

  int start;
  int version;
  int type;
  boolean fixedBit;
  int dcidOffset;
  int dcidLength;
  int scidOffset;
  int scidLength;
  long tokenLength;
  int packetNumberOffset;

  /** Whether the lengths fit the layout of version 1. */
  boolean sound;

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
   * @return false when the lengths do not fit; those of an unknown version may mean something else
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
    sound = version == QuicVersion.NEGOTIATION || type == RETRY || readLengths(buffer, limit);
    return sound || !QuicVersion.isKnown(version);
  }

  /** Reads the header again as that of an Initial, whatever its type bits say. */
  boolean readAsInitial(ByteBuf buffer, int limit) {
    type = INITIAL;
    packetNumberOffset = scidOffset + scidLength;
    sound = readLengths(buffer, limit);
    return sound;
  }

  /** Whether the destination identifier may be the one that a client makes up for its keys. */
  boolean mayBeFirst() {
    return dcidLength >= MIN_FIRST_DCID_BYTES;
  }

  /** A hash of a connection identifier, never 0. */
  long hash(ByteBuf buffer, int offset, int length) {
    long hash = length;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ buffer.getUnsignedByte(offset + i)) * HASH_PRIME;
    }
    return hash | 1;
  }

  private boolean readLengths(ByteBuf buffer, int limit) {
    int position = packetNumberOffset;
    tokenLength = 0;
    if (type == INITIAL) {
      if (!Varint.fits(buffer, position, limit)) {
        return false;
      }
      tokenLength = Varint.value(buffer, position);
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
