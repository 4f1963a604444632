// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A list of ECH configurations as DNS gives it in the {@code ech} parameter (RFC 9849, section 4):
 * steps over it for the public names, which are what a ClientHello that uses one shows as its
 * server name. Reused; allocates nothing.
 *
 * <pre>
 * ECHConfigList: length 2, ECHConfig...
 * ECHConfig:     version 2, length 2, contents
 * contents:      config id 1, KEM 2, public key with length 2, cipher suites with length 2,
 *                maximum name length 1, public name with length 1, extensions with length 2
 * </pre>
 */
public final class EchConfigList {
  /** Version of the configurations that RFC 9849 defines. */
  private static final int VERSION = 0xfe0d;

  private static final int CONFIG_HEAD = 4;
  private static final int KEY_LENGTH_OFFSET = 3;
  private static final int BAD = -1;

  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private int position;
  private int end;
  private int nameOffset;
  private int nameLength;

  /** Makes one that stands nowhere. */
  public EchConfigList() {}

  /**
   * Stands before the first configuration of a list.
   *
   * @param bytes holds the list
   * @param offset index of the list's own length
   * @param length bytes of the list with its own length
   */
  public void begin(ByteBuf bytes, int offset, int length) {
    buffer = bytes;
    position = offset + 2;
    boolean whole = length >= 2 && bytes.getUnsignedShort(offset) == length - 2;
    end = whole ? offset + length : position;
  }

  /** Goes to the next configuration of a known version; false behind the last readable one. */
  public boolean next() {
    while (end - position >= CONFIG_HEAD) {
      int version = buffer.getUnsignedShort(position);
      int contents = position + CONFIG_HEAD;
      int length = buffer.getUnsignedShort(position + 2);
      if (end - contents < length) {
        return false;
      }
      position = contents + length;
      if (version == VERSION && readContents(contents, position)) {
        return true;
      }
    }
    return false;
  }

  private boolean readContents(int from, int to) {
    int at = vector(from + KEY_LENGTH_OFFSET, to, 2); // public key
    at = vector(at, to, 2); // cipher suites
    if (at == BAD || to - at < 2) {
      return false;
    }
    nameOffset = at + 2; // behind the maximum name length and the name's own length
    nameLength = buffer.getUnsignedByte(at + 1);
    int behind = vector(at + 1, to, 1);
    return nameLength > 0 && vector(behind, to, 2) == to;
  }

  /** Index behind a vector with its length in front, or {@link #BAD}. */
  private int vector(int at, int to, int lengthBytes) {
    if (at == BAD || to - at < lengthBytes) {
      return BAD;
    }
    int length = lengthBytes == 1 ? buffer.getUnsignedByte(at) : buffer.getUnsignedShort(at);
    int behind = at + lengthBytes + length;
    return behind <= to ? behind : BAD;
  }

  /** Index of the configuration's public name. */
  public int nameOffset() {
    return nameOffset;
  }

  /** Length of the public name, 1 to 255. */
  public int nameLength() {
    return nameLength;
  }
}
