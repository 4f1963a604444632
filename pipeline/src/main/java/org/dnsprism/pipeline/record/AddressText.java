// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import org.dnsprism.classifier.endpoint.AddressBlock;

/** Addresses as text; IPv4 is held v4-mapped, as everywhere on the packet road. */
public final class AddressText {
  private static final long V4_MAPPED = 0xffffL;

  private AddressText() {}

  /** Whether the halves hold an IPv4 address. */
  public static boolean v4(long high, long low) {
    return high == 0 && low >>> 32 == V4_MAPPED;
  }

  /** The address, IPv6 in the form of RFC 5952. */
  public static String of(long high, long low) {
    return new AddressBlock(high, low, AddressBlock.ADDRESS_BITS).text();
  }
}
