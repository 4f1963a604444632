// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.nio.charset.StandardCharsets;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.wire.Packet;

/**
 * Tells multicast DNS (RFC 6762) from ordinary DNS of servers that listen on its port: by the
 * group's address or a link-local one, by its port at both ends (section 5.5), by names below
 * {@code local}, or by an authoritative answer that nobody asked for here: those to one-shot
 * queries leave for the querier alone (section 6.7).
 */
final class MulticastDns {
  static final int PORT = 5353;

  private static final byte[] LOCAL = ".local".getBytes(StandardCharsets.US_ASCII);
  private static final long IPV4_MAPPED = 0x0000_ffff_0000_0000L;
  private static final long GROUP_IPV4 = IPV4_MAPPED | 0xe000_00fbL;
  private static final long LINK_LOCAL_IPV4 = IPV4_MAPPED | 0xa9fe_0000L;

  private MulticastDns() {}

  /** Whether the ends alone show it. */
  static boolean byEnds(Packet packet) {
    return (packet.sourcePort() == PORT && packet.destinationPort() == PORT)
        || local(packet.destinationHigh(), packet.destinationLow())
        || local(packet.sourceHigh(), packet.sourceLow());
  }

  /** Whether a message between other ends shows it. */
  static boolean byMessage(DnsMessage message, boolean asked) {
    return message.nameEndsWith(LOCAL) || (message.response() && message.authoritative() && !asked);
  }

  /**
   * The group, or an address that is valid on its link only (RFC 3927; RFC 4291, section 2.5.6).
   */
  private static boolean local(long high, long low) {
    if (high == 0) {
      return low == GROUP_IPV4 || (low & ~0xffffL) == LINK_LOCAL_IPV4;
    }
    boolean group = (high & ~0x000f_0000_0000_0000L) == 0xff00_0000_0000_0000L && low == 0xfb;
    return group || high >>> 54 == 0xfe80 >>> 6;
  }
}
