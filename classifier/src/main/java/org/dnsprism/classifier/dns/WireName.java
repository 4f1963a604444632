// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A name read out of a message (RFC 1035, section 4.1.4): lower case, labels joined by dots, no
 * trailing dot; a reused object, filled without allocation. Names with a dot inside a label are
 * refused, so that no name can pass for another.
 */
public final class WireName {
  /** What {@link #read} gives for a name that cannot be read. */
  public static final int BAD = -1;

  private static final int MAX_LABEL = 63;
  private static final int POINTER = 0xc0;
  private static final int MAX_POINTERS = 64;

  private final byte[] bytes = new byte[DnsMessage.MAX_NAME_BYTES];
  private int length;

  /** Makes one that holds the root. */
  public WireName() {}

  /**
   * Reads a name.
   *
   * @param buffer holds the message
   * @param lowest the least index that a pointer may lead to
   * @param end index behind the last byte that may be read
   * @param from index of the name
   * @return index behind the name where it stands, or {@link #BAD}
   */
  public int read(ByteBuf buffer, int lowest, int end, int from) {
    int position = from;
    int behind = BAD;
    length = 0;
    for (int pointers = 0; position >= lowest && position < end; ) {
      int label = buffer.getUnsignedByte(position);
      if (label == 0) {
        return behind == BAD ? position + 1 : behind;
      }
      if (label < POINTER) {
        if (!append(buffer, position, label, end)) {
          return BAD;
        }
        position += 1 + label;
      } else {
        if (end - position < 2 || ++pointers > MAX_POINTERS) {
          return BAD;
        }
        behind = behind == BAD ? position + 2 : behind;
        int target = lowest - DnsHeader.LENGTH + (buffer.getUnsignedShort(position) & 0x3fff);
        if (target >= position) {
          return BAD;
        }
        position = target;
      }
    }
    return BAD;
  }

  /**
   * Reads a name that must not be compressed, as in the data of newer records.
   *
   * @return index behind it, or {@link #BAD}
   */
  int readUncompressed(ByteBuf buffer, int end, int from) {
    int position = from;
    length = 0;
    while (position < end) {
      int label = buffer.getUnsignedByte(position);
      if (label == 0) {
        return position + 1;
      }
      if (!append(buffer, position, label, end)) {
        return BAD;
      }
      position += 1 + label;
    }
    return BAD;
  }

  private boolean append(ByteBuf buffer, int position, int label, int end) {
    int dot = length > 0 ? 1 : 0;
    if (label > MAX_LABEL || end - position <= label || length + dot + label > bytes.length) {
      return false;
    }
    if (dot > 0) {
      bytes[length++] = '.';
    }
    for (int i = 1; i <= label; i++) {
      byte octet = buffer.getByte(position + i);
      if (octet == '.') {
        return false;
      }
      bytes[length++] = octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
    }
    return true;
  }

  /** Takes over the name of another one. */
  public void set(WireName other) {
    System.arraycopy(other.bytes, 0, bytes, 0, other.length);
    length = other.length;
  }

  /** Takes over the end of another name, from an index at which a label begins. */
  public void setEnd(WireName other, int from) {
    length = Math.max(0, other.length - from);
    System.arraycopy(other.bytes, from, bytes, 0, length);
  }

  /** Takes a name that is written as text; false when it is too long or no name of a host. */
  public boolean setText(ByteBuf buffer, int offset, int textLength) {
    if (textLength > bytes.length) {
      return false;
    }
    for (int i = 0; i < textLength; i++) {
      byte octet = buffer.getByte(offset + i);
      bytes[i] = octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
    }
    length = textLength;
    return plain();
  }

  /** The name; not a copy, valid up to {@link #length()}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Length of the name in bytes, 0 for the root. */
  public int length() {
    return length;
  }

  /** Whether this is the name. */
  public boolean is(byte[] lowerCaseName) {
    return Arrays.equals(bytes, 0, length, lowerCaseName, 0, lowerCaseName.length);
  }

  /** Whether both are the same name. */
  public boolean same(WireName other) {
    return Arrays.equals(bytes, 0, length, other.bytes, 0, other.length);
  }

  /**
   * Whether the name is {@code zone} or below it.
   *
   * @param zone a name
   * @param from where the zone begins in that name, such as behind a first label
   */
  public boolean within(WireName zone, int from) {
    int start = length - (zone.length - from);
    return start >= 0
        && zone.length > from
        && (start == 0 || bytes[start - 1] == '.')
        && Arrays.equals(bytes, start, length, zone.bytes, from, zone.length);
  }

  /** Whether the name begins with these bytes. */
  public boolean startsWith(byte[] prefix) {
    return length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Whether the name has letters, digits, hyphens and underscores alone, as host names have. */
  public boolean plain() {
    for (int i = 0; i < length; i++) {
      byte c = bytes[i];
      boolean fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      if (!fine && c != '.') {
        return false;
      }
    }
    return length > 0;
  }

  /** The name as text from an index on; allocates. */
  public String text(int from) {
    return new String(bytes, from, length - from, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return text(0);
  }
}
