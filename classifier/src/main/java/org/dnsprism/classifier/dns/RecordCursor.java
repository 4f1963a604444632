// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Steps over the records of a message one by one (RFC 1035, section 4.1.3), for the few messages
 * whose records matter. Reused; allocates nothing and trusts no length.
 */
public final class RecordCursor {
  /** Section of the records that answer the question. */
  public static final int ANSWER = 1;

  /** Section of the records that may help. */
  public static final int ADDITIONAL = 3;

  private static final int QUESTION_TAIL = 4;
  private static final int RECORD_HEAD = 10;

  private final WireName skipped = new WireName();
  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private int start;
  private int end;
  private int position;
  private int section;
  private int left;
  private int owner;
  private int head;
  private int dataLength;

  /** Makes one that stands nowhere. */
  public RecordCursor() {}

  /**
   * Stands before the first record of a message.
   *
   * @param bytes holds it
   * @param offset index of its header
   * @param length its bytes, all of which are there
   * @param question takes the name of the first question
   * @return whether there is a header and whole questions
   */
  public boolean begin(ByteBuf bytes, int offset, int length, WireName question) {
    buffer = bytes;
    start = offset;
    end = offset + length;
    section = 0;
    left = 0;
    if (length < DnsHeader.LENGTH) {
      return false;
    }
    position = offset + DnsHeader.LENGTH;
    int count = DnsHeader.count(bytes, offset, 0);
    for (int i = 0; i < count; i++) {
      position = name(position, i == 0 ? question : skipped);
      if (position == WireName.BAD || end - position < QUESTION_TAIL) {
        return false;
      }
      position += QUESTION_TAIL;
    }
    return count > 0;
  }

  /** Goes to the next record; false behind the last one, and where the message is malformed. */
  public boolean next() {
    while (left == 0) {
      if (section == ADDITIONAL) {
        return false;
      }
      left = DnsHeader.count(buffer, start, ++section);
    }
    left--;
    owner = position;
    head = name(position, skipped);
    if (head == WireName.BAD || end - head < RECORD_HEAD) {
      return stop();
    }
    dataLength = buffer.getUnsignedShort(head + 8);
    position = head + RECORD_HEAD;
    if (end - position < dataLength) {
      return stop();
    }
    position += dataLength;
    return true;
  }

  private boolean stop() {
    section = ADDITIONAL;
    left = 0;
    return false;
  }

  /** Section of the record, 1 to 3. */
  public int section() {
    return section;
  }

  /** Type of the record. */
  public int type() {
    return buffer.getUnsignedShort(head);
  }

  /** Whether the record is of the Internet's class. */
  public boolean internet() {
    return buffer.getUnsignedShort(head + 2) == 1;
  }

  /** Seconds that the record may be kept; values with the highest bit are 0 (RFC 2181, 8). */
  public long ttl() {
    return Math.max(0, buffer.getInt(head + 4));
  }

  /** Index of the record's data. */
  public int data() {
    return head + RECORD_HEAD;
  }

  /** Length of the record's data in bytes. */
  public int dataLength() {
    return dataLength;
  }

  /** Reads the name that the record is of; false when it is none that could be told. */
  public boolean owner(WireName into) {
    return name(owner, into) != WireName.BAD;
  }

  /** Reads the name that the record's data begin with; false when there is none. */
  public boolean dataName(WireName into) {
    int behind = name(data(), into);
    return behind != WireName.BAD && behind <= data() + dataLength;
  }

  private int name(int from, WireName into) {
    return into.read(buffer, start + DnsHeader.LENGTH, end, from);
  }
}
