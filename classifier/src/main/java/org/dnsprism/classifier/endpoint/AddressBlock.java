// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

/**
 * A block of addresses: an IPv6 network as two big-endian halves and a length of 1 to 128 bits. An
 * IPv4 network is held v4-mapped (RFC 4291, section 2.5.5.2), its length is 96 bits longer. Bits
 * behind the length are zero.
 *
 * @param high upper half, 0 for IPv4
 * @param low lower half, {@code 0x0000ffffAABBCCDD} for IPv4
 * @param length bits that all addresses of the block share
 */
public record AddressBlock(long high, long low, int length) {
  /** Length of a block that is a single address. */
  public static final int ADDRESS_BITS = 128;

  private static final int MAPPED_BITS = 96;

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if the text is no unicast address; the message says why
   */
  public static AddressBlock parseAddress(String text) {
    AddressBlock address = AddressText.parse(text);
    if (!address.isUnicast()) {
      throw new IllegalArgumentException("not a unicast address: " + text);
    }
    return address;
  }

  /**
   * Reads a network in CIDR notation.
   *
   * @throws IllegalArgumentException if the text is no network of at least two unicast addresses,
   *     or has bits set behind its length; the message says why
   */
  static AddressBlock parsePrefix(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("a prefix needs a length, such as /24: " + text);
    }
    AddressBlock address = parseAddress(text.substring(0, slash));
    int offset = address.isIpv4() ? MAPPED_BITS : 0;
    int most = ADDRESS_BITS - offset - 1;
    int length = AddressText.decimal(text, slash + 1, text.length(), most);
    if (length < 1) {
      throw new IllegalArgumentException("the prefix length must be 1 to " + most + ": " + text);
    }
    int bits = offset + length;
    long trailing = (address.high & ~highMask(bits)) | (address.low & ~lowMask(bits));
    if (trailing != 0) {
      throw new IllegalArgumentException("bits set behind the prefix length: " + text);
    }
    return new AddressBlock(address.high, address.low, bits);
  }

  /** The bits of the upper half that a length covers. */
  static long highMask(int length) {
    return length >= 64 ? -1 : -1L << (64 - length);
  }

  /** The bits of the lower half that a length covers. */
  static long lowMask(int length) {
    return length <= 64 ? 0 : -1L << (128 - length);
  }

  /** Whether another block lies in this one. */
  public boolean contains(AddressBlock other) {
    return other.length >= length
        && ((other.high ^ high) & highMask(length)) == 0
        && ((other.low ^ low) & lowMask(length)) == 0;
  }

  /** Whether the block is one of IPv4. */
  public boolean isIpv4() {
    return high == 0 && low >>> 32 == 0xffff;
  }

  private boolean isUnicast() {
    if (isIpv4()) {
      int first = (int) (low >>> 24) & 0xff;
      return first > 0 && first < 224;
    }
    boolean loopback = high == 0 && low == 1;
    return loopback || (high != 0 && high >>> 56 != 0xff);
  }

  /** Canonical text (RFC 5952), with a length unless the block is a single address. */
  public String text() {
    String address = AddressText.format(high, low, isIpv4());
    int shown = length - (isIpv4() ? MAPPED_BITS : 0);
    return length == ADDRESS_BITS ? address : address + '/' + shown;
  }
}
