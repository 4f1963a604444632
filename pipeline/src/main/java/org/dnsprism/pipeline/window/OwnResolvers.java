// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.nio.ByteBuffer;
import java.util.List;
import org.xbill.DNS.Address;

/** The prefixes of the network operator's own resolvers. */
public final class OwnResolvers {
  private static final int V4_MAPPED_BITS = 96;
  private static final long V4_MAPPED = 0xffff_0000_0000L;

  private final long[] highs;
  private final long[] lows;
  private final long[] highMasks;
  private final long[] lowMasks;

  /**
   * Reads prefixes.
   *
   * @param prefixes addresses, or addresses with a prefix length such as {@code 192.0.2.0/24}
   * @throws IllegalArgumentException naming the prefix that is none
   */
  public OwnResolvers(List<String> prefixes) {
    highs = new long[prefixes.size()];
    lows = new long[prefixes.size()];
    highMasks = new long[prefixes.size()];
    lowMasks = new long[prefixes.size()];
    for (int i = 0; i < prefixes.size(); i++) {
      read(i, prefixes.get(i).trim());
    }
  }

  private void read(int i, String prefix) {
    int slash = prefix.indexOf('/');
    byte[] address = address(prefix, slash < 0 ? prefix : prefix.substring(0, slash));
    boolean v4 = address.length == 4;
    int most = v4 ? 32 : 128;
    int bits = slash < 0 ? most : bits(prefix, prefix.substring(slash + 1), most);
    ByteBuffer bytes = ByteBuffer.wrap(address);
    highs[i] = v4 ? 0 : bytes.getLong();
    lows[i] = v4 ? V4_MAPPED | (bytes.getInt() & 0xffff_ffffL) : bytes.getLong();
    int length = v4 ? bits + V4_MAPPED_BITS : bits;
    highMasks[i] = mask(Math.min(64, length));
    lowMasks[i] = mask(Math.max(0, length - 64));
  }

  private static byte[] address(String prefix, String text) {
    byte[] v4 = Address.toByteArray(text, Address.IPv4);
    byte[] address = v4 != null ? v4 : Address.toByteArray(text, Address.IPv6);
    if (address == null) {
      throw new IllegalArgumentException("not an address or prefix: " + prefix);
    }
    return address;
  }

  private static int bits(String prefix, String text, int most) {
    if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException("not a prefix length: " + prefix);
    }
    return Integer.parseInt(text);
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  /** Whether an address lies in one of the prefixes. */
  boolean contains(long high, long low) {
    for (int i = 0; i < highs.length; i++) {
      if (((high ^ highs[i]) & highMasks[i]) == 0 && ((low ^ lows[i]) & lowMasks[i]) == 0) {
        return true;
      }
    }
    return false;
  }
}
