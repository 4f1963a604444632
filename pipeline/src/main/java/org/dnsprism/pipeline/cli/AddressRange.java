// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import org.xbill.DNS.Address;

/**
 * An IPv4 or IPv6 address or network, as written on the command line or in a record.
 *
 * @param address in network byte order, 4 or 16 bytes
 * @param bits length of the prefix
 */
@SuppressWarnings("ArrayRecordComponent") // compared by overlap alone
record AddressRange(byte[] address, int bits) {
  /**
   * Reads an address, or an address with a prefix length such as {@code 192.0.2.0/24}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static AddressRange of(String text) {
    int slash = text.indexOf('/');
    String bare = slash < 0 ? text : text.substring(0, slash);
    byte[] v4 = Address.toByteArray(bare, Address.IPv4);
    byte[] address = v4 != null ? v4 : Address.toByteArray(bare, Address.IPv6);
    if (address == null) {
      throw new IllegalArgumentException("'" + text + "' is no address");
    }
    String length = slash < 0 ? "" + address.length * 8 : text.substring(slash + 1);
    if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > address.length * 8) {
      throw new IllegalArgumentException("'" + text + "' has no prefix length");
    }
    return new AddressRange(address, Integer.parseInt(length));
  }

  /** Whether one of the two contains the other. */
  boolean overlaps(AddressRange other) {
    if (address.length != other.address.length) {
      return false;
    }
    int common = Math.min(bits, other.bits);
    for (int i = 0; i < common; i++) {
      int difference = address[i / 8] ^ other.address[i / 8];
      if ((difference & (0x80 >> (i % 8))) != 0) {
        return false;
      }
    }
    return true;
  }
}
