// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Walks over a DNS message once, from the header to the last record, without allocation and without
 * exceptions. Not thread-safe.
 */
public final class DnsParser {
  private static final int BAD = -1;
  private static final int MAX_LABEL = 63;
  private static final int POINTER = 0xc0;
  private static final int MAX_POINTERS = 64;
  private static final int QUESTION_TAIL = 4;
  private static final int RECORD_HEAD = 10;
  private static final int UNICAST_RESPONSE_BIT = 0x8000;
  private static final int TYPE_OPT = 41;
  private static final int TYPE_SVCB = 64;
  private static final int TYPE_HTTPS = 65;
  private static final long HASH_PRIME = 0x9e3779b97f4a7c15L;

  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private int start;
  private int end;
  private int classMask;

  /** Makes a parser. */
  public DnsParser() {}

  /**
   * Reads a message.
   *
   * @param bytes holds it
   * @param offset index of its first byte
   * @param captured bytes that are there
   * @param declared bytes that there were on the wire
   * @param dialect what is expected
   * @param message filled unless the result is {@link DnsStatus#NOT_DNS}
   */
  public DnsStatus parse(
      ByteBuf bytes,
      int offset,
      int captured,
      int declared,
      DnsDialect dialect,
      DnsMessage message) {
    if (captured < DnsHeader.LENGTH || !acceptable(bytes, offset, declared, dialect)) {
      return DnsStatus.NOT_DNS;
    }
    buffer = bytes;
    start = offset;
    end = offset + captured;
    classMask = dialect == DnsDialect.LOCAL ? ~UNICAST_RESPONSE_BIT : ~0;
    message.clear();
    message.id = DnsHeader.id(bytes, offset);
    message.flags = DnsHeader.flags(bytes, offset);
    message.rcode = message.flags & DnsHeader.RCODE_MASK;
    int position = questions(offset + DnsHeader.LENGTH, message);
    if (position != BAD && dialect == DnsDialect.STRICT && !ordinaryQuestion(message)) {
      return DnsStatus.NOT_DNS;
    }
    boolean asked = position != BAD;
    position = records(position, message);
    boolean exact = position == end && captured == declared;
    boolean whole = dialect == DnsDialect.STRICT ? exact : position != BAD;
    if (whole) {
      return DnsStatus.WHOLE;
    }
    if (dialect == DnsDialect.STRICT) {
      return DnsStatus.NOT_DNS;
    }
    return asked && captured < declared ? DnsStatus.CUT : DnsStatus.PLAUSIBLE;
  }

  private static boolean acceptable(ByteBuf buffer, int offset, int declared, DnsDialect dialect) {
    return dialect == DnsDialect.STRICT
        ? DnsHeader.ordinary(buffer, offset, declared)
        : DnsHeader.plausible(buffer, offset, declared);
  }

  private static boolean ordinaryQuestion(DnsMessage message) {
    return DnsCodes.ordinaryClass(message.qclass) && DnsCodes.knownType(message.qtype);
  }

  private int questions(int from, DnsMessage message) {
    int count = DnsHeader.count(buffer, start, 0);
    int position = from;
    for (int i = 0; i < count; i++) {
      position = i == 0 ? firstName(position, message) : skipName(position);
      if (position == BAD || end - position < QUESTION_TAIL) {
        return BAD;
      }
      if (i == 0) {
        message.qtype = buffer.getUnsignedShort(position);
        message.qclass = buffer.getUnsignedShort(position + 2) & classMask;
        message.nameHash ^= ((long) message.qtype << 16 | message.qclass) * HASH_PRIME;
      }
      message.questionCount++;
      position += QUESTION_TAIL;
    }
    return position;
  }

  private int records(int from, DnsMessage message) {
    int position = from;
    for (int section = 1; section <= 3 && position != BAD; section++) {
      int count = DnsHeader.count(buffer, start, section);
      for (int i = 0; i < count && position != BAD; i++) {
        position = record(position, section, message);
      }
    }
    return position;
  }

  private int record(int from, int section, DnsMessage message) {
    int position = skipName(from);
    if (position == BAD || end - position < RECORD_HEAD) {
      return BAD;
    }
    int type = buffer.getUnsignedShort(position);
    int length = buffer.getUnsignedShort(position + 8);
    int data = position + RECORD_HEAD;
    if (end - data < length) {
      return BAD;
    }
    if (section == 1) {
      message.answerCount++;
      message.serviceBinding |= type == TYPE_SVCB || type == TYPE_HTTPS;
    } else if (type == TYPE_OPT && section == 3) {
      message.edns = true;
      message.rcode |= buffer.getUnsignedByte(position + 4) << 4;
      message.dnssecOk = (buffer.getByte(position + 6) & 0x80) != 0;
      EdnsOptions.read(buffer, data, length, message);
    }
    return data + length;
  }

  /** Steps over a name without following its pointer. */
  private int skipName(int from) {
    int position = from;
    while (position < end) {
      int length = buffer.getUnsignedByte(position);
      if (length == 0) {
        return position + 1;
      }
      if (length >= POINTER) {
        return target(position) == BAD ? BAD : position + 2;
      }
      if (length > MAX_LABEL) {
        return BAD;
      }
      position += 1 + length;
    }
    return BAD;
  }

  /** Where a pointer leads: to a prior place behind the header (RFC 1035, section 4.1.4). */
  private int target(int position) {
    if (end - position < 2) {
      return BAD;
    }
    int target = start + (buffer.getUnsignedShort(position) & 0x3fff);
    return target >= start + DnsHeader.LENGTH && target < position ? target : BAD;
  }

  /** Copies the first question's name in lower case, and hashes it; returns what is behind it. */
  private int firstName(int from, DnsMessage message) {
    int position = from;
    int behind = BAD;
    int length = 0;
    long hash = HASH_PRIME;
    for (int pointers = 0; position < end; ) {
      int label = buffer.getUnsignedByte(position);
      if (label == 0) {
        message.nameLength = length;
        message.nameHash = (hash ^ hash >>> 32) * HASH_PRIME;
        return behind == BAD ? position + 1 : behind;
      }
      if (label >= POINTER) {
        int target = target(position);
        if (target == BAD || ++pointers > MAX_POINTERS) {
          return BAD;
        }
        behind = behind == BAD ? position + 2 : behind;
        position = target;
      } else {
        int dot = length > 0 ? 1 : 0;
        if (label > MAX_LABEL
            || end - position <= label
            || length + dot + label > DnsMessage.MAX_NAME_BYTES) {
          return BAD;
        }
        if (dot > 0) {
          message.name[length++] = '.';
        }
        hash = (hash ^ label) * HASH_PRIME;
        for (int i = 1; i <= label; i++) {
          byte octet = lower(buffer.getByte(position + i));
          message.name[length++] = octet;
          hash = (hash ^ octet) * HASH_PRIME;
        }
        position += 1 + label;
      }
    }
    return BAD;
  }

  private static byte lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
  }
}
