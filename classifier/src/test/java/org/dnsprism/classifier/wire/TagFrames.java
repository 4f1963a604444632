// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.dnsprism.classifier.wire.Inner.TCP4;
import static org.dnsprism.classifier.wire.Inner.TCP6;
import static org.dnsprism.classifier.wire.Inner.UDP4;
import static org.dnsprism.classifier.wire.Inner.UDP6;
import static org.dnsprism.classifier.wire.LinkFrames.MAC;

import java.util.List;

/** Ethernet with VLAN tags (IEEE 802.1Q), MPLS (RFC 3032, RFC 4385) and PPPoE (RFC 2516). */
final class TagFrames {
  private TagFrames() {}

  static List<FrameCase> all() {
    return List.of(
        tagged("802.1Q", "8100 602a 0800", UDP4, 42),
        tagged("802.1Q IPv6, all bits of the tag", "8100 ffff 86dd", UDP6, 4095),
        tagged("802.1ad", "88a8 0064 8100 00c8 0800", UDP4, 100, 200),
        tagged("QinQ with 0x9100", "9100 0064 8100 00c8 86dd", TCP6, 100, 200),
        tagged("QinQ with 0x9200", "9200 0064 8100 00c8 0800", TCP4, 100, 200),
        tagged("QinQ with 0x8100 twice", "8100 0064 8100 00c8 0800", UDP4, 100, 200),
        tagged("three tags", "8100 0001 8100 0002 8100 0003 0800", UDP4, 1, 2),
        tagged("802.1Q with LLC", "8100 0001 0041 aaaa03 000000 0800", UDP4, 1),
        tagged("802.1ah", "88a8 0064 88e7 00123456" + MAC + "8100 00c8 0800", UDP4, 100, 200),
        FrameCase.of(
            "Linux cooked, tagged",
            113,
            "0000 0001 0006 0200000000010000 8100 002a 0800",
            UDP4,
            Tunnel.NONE,
            42),
        mpls("MPLS", "8847 00064140", UDP4),
        mpls("MPLS, three labels, IPv6", "8847 00064040 00065040 00066140", UDP6),
        mpls("MPLS multicast", "8848 00064140", TCP4),
        mpls("MPLS, Ethernet without control word", "8847 00065140" + MAC + "0800", UDP4),
        mpls("MPLS, Ethernet with control word", "8847 00066140 00000000" + MAC + "86dd", TCP6),
        FrameCase.of("MPLS under a tag", 1, MAC + "8100 0007 8847 00064140", UDP4, Tunnel.MPLS, 7),
        pppoe("PPPoE IPv4", "8864 11 00 0001 003b 0021", UDP4),
        pppoe("PPPoE IPv6", "8864 11 00 0001 004f 0057", UDP6),
        pppoe("PPPoE with short protocol field", "8864 11 00 0001 0054 21", TCP4),
        FrameCase.of(
            "PPPoE under two tags",
            1,
            MAC + "88a8 0064 8100 00c8 8864 11 00 0001 003b 0021",
            UDP4,
            Tunnel.PPPOE,
            100,
            200));
  }

  private static FrameCase tagged(String name, String headers, Inner inner, Integer... vlans) {
    return FrameCase.of(name, 1, MAC + headers, inner, Tunnel.NONE, vlans);
  }

  private static FrameCase mpls(String name, String headers, Inner inner) {
    return FrameCase.of(name, 1, MAC + headers, inner, Tunnel.MPLS);
  }

  private static FrameCase pppoe(String name, String headers, Inner inner) {
    return FrameCase.of(name, 1, MAC + headers, inner, Tunnel.PPPOE);
  }
}
