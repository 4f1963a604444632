// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;

/**
 * The data of an SVCB or HTTPS record (RFC 9460, section 2.2): where values stand, not what they
 * are. Reused; read without allocation. A record that breaks a rule of the format is refused as a
 * whole, as clients must do.
 */
public final class ServiceRecord {
  private static final int MANDATORY = 0;
  private static final int ALPN = 1;
  private static final int NO_DEFAULT_ALPN = 2;
  private static final int PORT = 3;
  private static final int IPV4_HINT = 4;
  private static final int ECH = 5;
  private static final int IPV6_HINT = 6;

  /** Path of DNS over HTTPS (RFC 9461, section 5). */
  private static final int DOH_PATH = 7;

  private static final int KNOWN_KEYS = 8;
  private static final int PARAMETER_HEAD = 4;

  private final WireName target = new WireName();
  private final int[] offsets = new int[KNOWN_KEYS];
  private final int[] lengths = new int[KNOWN_KEYS];
  private int priority;
  private boolean usable;
  private int port;

  /** Makes one that holds nothing yet. */
  public ServiceRecord() {}

  /**
   * Reads the data of a record.
   *
   * @return false when they are malformed
   */
  public boolean read(ByteBuf buffer, int offset, int length) {
    int end = offset + length;
    usable = true;
    port = 0;
    for (int key = 0; key < KNOWN_KEYS; key++) {
      offsets[key] = -1;
      lengths[key] = 0;
    }
    if (length < 3) {
      return false;
    }
    priority = buffer.getUnsignedShort(offset);
    int position = target.readUncompressed(buffer, end, offset + 2);
    return position != WireName.BAD && parameters(buffer, position, end) && valid(buffer);
  }

  private boolean parameters(ByteBuf buffer, int from, int end) {
    int position = from;
    int last = -1;
    while (position < end) {
      if (end - position < PARAMETER_HEAD) {
        return false;
      }
      int key = buffer.getUnsignedShort(position);
      int size = buffer.getUnsignedShort(position + 2);
      position += PARAMETER_HEAD;
      if (key <= last || end - position < size) {
        return false;
      }
      if (key < KNOWN_KEYS) {
        offsets[key] = position;
        lengths[key] = size;
      }
      last = key;
      position += size;
    }
    return true;
  }

  private boolean valid(ByteBuf buffer) {
    boolean shapes =
        (!has(NO_DEFAULT_ALPN) || lengths[NO_DEFAULT_ALPN] == 0)
            && (!has(PORT) || lengths[PORT] == 2)
            && whole(IPV4_HINT, 4)
            && whole(IPV6_HINT, 16)
            && whole(MANDATORY, 2);
    if (!shapes || !alpnValid(buffer) || !mandatoryValid(buffer)) {
      return false;
    }
    port = has(PORT) ? buffer.getUnsignedShort(offsets[PORT]) : 0;
    return true;
  }

  /** Whether a list, if it is there, has entries of one size and at least one of them. */
  private boolean whole(int key, int size) {
    return !has(key) || (lengths[key] > 0 && lengths[key] % size == 0);
  }

  private boolean alpnValid(ByteBuf buffer) {
    if (!has(ALPN)) {
      return true;
    }
    int position = offsets[ALPN];
    int end = position + lengths[ALPN];
    while (position < end) {
      int size = buffer.getUnsignedByte(position);
      if (size == 0 || end - position - 1 < size) {
        return false;
      }
      position += 1 + size;
    }
    return lengths[ALPN] > 0;
  }

  /** RFC 9460, section 8: keys in rising order, all of them there, never the list itself. */
  private boolean mandatoryValid(ByteBuf buffer) {
    int last = 0;
    for (int i = 0; i < lengths[MANDATORY]; i += 2) {
      int key = buffer.getUnsignedShort(offsets[MANDATORY] + i);
      if (key <= last) {
        return false;
      }
      if (key >= KNOWN_KEYS) {
        usable = false;
      } else if (!has(key)) {
        return false;
      }
      last = key;
    }
    return true;
  }

  private boolean has(int key) {
    return offsets[key] >= 0;
  }

  /** Priority; 0 says that the record is an alias and nothing else in it counts. */
  public int priority() {
    return priority;
  }

  /** Whether a client may use it: no alias, and no key that it must know and does not. */
  public boolean usable() {
    return usable && priority > 0;
  }

  /** Name of the service's host; the root stands for the owner of the record. */
  public WireName target() {
    return target;
  }

  /** Port, or 0 without one. */
  public int port() {
    return port;
  }

  /** Whether there is a path for DNS over HTTPS. */
  public boolean dohPath() {
    return lengths[DOH_PATH] > 0;
  }

  /** Index of the protocol list: names with their length in front. */
  public int alpnOffset() {
    return offsets[ALPN];
  }

  /** Bytes of the protocol list, 0 without one. */
  public int alpnLength() {
    return lengths[ALPN];
  }

  /** Index of the first IPv4 hint. */
  public int ipv4Offset() {
    return offsets[IPV4_HINT];
  }

  /** How many IPv4 hints there are. */
  public int ipv4Count() {
    return lengths[IPV4_HINT] / 4;
  }

  /** Index of the first IPv6 hint. */
  public int ipv6Offset() {
    return offsets[IPV6_HINT];
  }

  /** How many IPv6 hints there are. */
  public int ipv6Count() {
    return lengths[IPV6_HINT] / 16;
  }

  /** Index of the list of ECH configurations (RFC 9848). */
  public int echOffset() {
    return offsets[ECH];
  }

  /** Bytes of the list of ECH configurations, 0 without one. */
  public int echLength() {
    return lengths[ECH];
  }
}
