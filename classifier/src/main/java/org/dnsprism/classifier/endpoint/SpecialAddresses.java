// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

/**
 * Addresses that are not those of one server on the Internet: private, loopback, link-local,
 * documentation, multicast, reserved (IANA IPv4 and IPv6 Special-Purpose Address Registries, RFC
 * 6890, where they are not globally reachable).
 */
public final class SpecialAddresses {
  /** Network and mask of each IPv4 block. */
  private static final int[] IPV4 = {
    0x00000000, 0xff000000, // this network
    0x0a000000, 0xff000000, // private use
    0x64400000, 0xffc00000, // shared address space
    0x7f000000, 0xff000000, // loopback
    0xa9fe0000, 0xffff0000, // link local
    0xac100000, 0xfff00000, // private use
    0xc0000000, 0xffffff00, // IETF protocol assignments
    0xc0000200, 0xffffff00, // documentation
    0xc0586300, 0xffffff00, // 6to4 relays, deprecated
    0xc0a80000, 0xffff0000, // private use
    0xc6120000, 0xfffe0000, // benchmarking
    0xc6336400, 0xffffff00, // documentation
    0xcb007100, 0xffffff00, // documentation
    0xe0000000, 0xe0000000, // multicast and reserved
  };

  /** NAT64's well-known prefix 64:ff9b::/96 (RFC 6052): the IPv4 address stands in the end. */
  private static final long NAT64_HIGH = 0x0064_ff9b_0000_0000L;

  private SpecialAddresses() {}

  /**
   * Whether an address is special.
   *
   * @param high upper half of the IPv6 address, 0 for IPv4
   * @param low lower half, {@code 0x0000ffffAABBCCDD} for IPv4
   */
  public static boolean contain(long high, long low) {
    boolean mapped = high == 0 && low >>> 32 == 0xffff;
    return (mapped || translated(high, low)) ? ipv4((int) low) : ipv6(high);
  }

  /** Whether an address is NAT64's for an IPv4 address, which stands in its last 32 bits. */
  public static boolean translated(long high, long low) {
    return high == NAT64_HIGH && low >>> 32 == 0;
  }

  private static boolean ipv4(int address) {
    for (int i = 0; i < IPV4.length; i += 2) {
      if ((address & IPV4[i + 1]) == IPV4[i]) {
        return true;
      }
    }
    return false;
  }

  /** Global unicast is 2000::/3 without the blocks that are set aside in it. */
  private static boolean ipv6(long high) {
    boolean unicast = high >>> 61 == 1;
    return !unicast
        || high >>> 41 == 0x2001_0000L >>> 9 // 2001::/23, IETF protocol assignments
        || high >>> 32 == 0x2001_0db8L // documentation
        || high >>> 48 == 0x2002 // 6to4
        || high >>> 44 == 0x3fff0; // documentation
  }
}
