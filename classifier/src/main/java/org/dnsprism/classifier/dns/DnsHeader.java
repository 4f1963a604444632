// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;

/**
 * The header of a DNS message (RFC 1035, section 4.1.1; AD and CD from RFC 4035).
 *
 * <pre>
 *  0  1  2  3  4  5  6  7  8  9  0  1  2  3  4  5
 * +-----------------------------------------------+
 * |                      ID                       |
 * +--+-----------+--+--+--+--+--+--+--+-----------+
 * |QR|  Opcode   |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
 * +--+-----------+--+--+--+--+--+--+--+-----------+
 * |   QDCOUNT, ANCOUNT, NSCOUNT, ARCOUNT          |
 * +-----------------------------------------------+
 * </pre>
 */
final class DnsHeader {
  static final int LENGTH = 12;

  static final int RESPONSE = 0x8000;
  static final int AUTHORITATIVE = 0x0400;
  static final int TRUNCATED = 0x0200;
  static final int RECURSION_DESIRED = 0x0100;
  static final int RESERVED = 0x0040;
  static final int RCODE_MASK = 15;

  private static final int ID_OFFSET = 0;
  private static final int FLAGS_OFFSET = 2;
  private static final int COUNTS_OFFSET = 4;

  private static final int UNASSIGNED_OPCODE = 3;
  private static final int DSO_OPCODE = 6;
  private static final int MAX_RCODE = 11;
  private static final int MIN_QUESTION_BYTES = 5;
  private static final int MIN_RECORD_BYTES = 11;

  private DnsHeader() {}

  static int id(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + ID_OFFSET);
  }

  static int flags(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + FLAGS_OFFSET);
  }

  static int opcode(int flags) {
    return flags >>> 11 & 15;
  }

  /** Entries that the header declares; section 0 is the question, 3 the additional section. */
  static int count(ByteBuf buffer, int offset, int section) {
    return buffer.getUnsignedShort(offset + COUNTS_OFFSET + 2 * section);
  }

  /**
   * Whether the opcode is assigned, and there are no more entries than bytes for them, nor bytes
   * without entries; those of stateful operations are no entries (RFC 8490, section 5.4). Twelve
   * zeros are not a header: they would be a query that asks nothing.
   */
  static boolean plausible(ByteBuf buffer, int offset, int declaredLength) {
    int opcode = opcode(flags(buffer, offset));
    if (opcode > DSO_OPCODE || opcode == UNASSIGNED_OPCODE) {
      return false;
    }
    int questions = count(buffer, offset, 0);
    int records = count(buffer, offset, 1) + count(buffer, offset, 2) + count(buffer, offset, 3);
    int room = declaredLength - LENGTH;
    if (questions + records == 0) {
      return opcode == DSO_OPCODE
          || (room == 0 && (id(buffer, offset) | flags(buffer, offset)) != 0);
    }
    return (long) questions * MIN_QUESTION_BYTES + (long) records * MIN_RECORD_BYTES <= room;
  }

  /**
   * As {@link #plausible}, for places where chance must be kept out: a standard query, one
   * question.
   */
  static boolean ordinary(ByteBuf buffer, int offset, int declaredLength) {
    if (count(buffer, offset, 0) != 1) {
      return false;
    }
    int flags = flags(buffer, offset);
    boolean query = (flags & RESPONSE) == 0;
    boolean empty = count(buffer, offset, 1) == 0 && (flags & RCODE_MASK) == 0;
    return opcode(flags) == 0
        && (flags & (RESERVED | RCODE_MASK)) <= MAX_RCODE
        && (!query || empty)
        && plausible(buffer, offset, declaredLength);
  }
}
