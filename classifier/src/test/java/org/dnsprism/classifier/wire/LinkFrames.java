// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.dnsprism.classifier.wire.Inner.TCP4;
import static org.dnsprism.classifier.wire.Inner.TCP6;
import static org.dnsprism.classifier.wire.Inner.UDP4;
import static org.dnsprism.classifier.wire.Inner.UDP6;

import java.util.List;

/**
 * One frame and more for each link type, laid out after the link-layer header type list of
 * tcpdump.org and the document that it names for the type.
 */
final class LinkFrames {
  /** Ethernet addresses; the type is to follow. */
  static final String MAC = "020000000002 020000000001";

  /** IEEE 802.11: duration, three addresses, sequence control. */
  private static final String WIRELESS = "0000 020000000002 020000000001 020000000003 1000";

  /** Length 108, a packet, of Ethernet; then name, flags, process and so on. */
  private static final String PACKET_TAP =
      "6c000000 01000000 01000000 656e3000" + "00".repeat(20) + "02000000" + "00".repeat(68);

  private LinkFrames() {}

  static List<FrameCase> all() {
    return List.of(
        link("Ethernet IPv4 UDP", 1, MAC + "0800", UDP4),
        link("Ethernet IPv4 TCP", 1, MAC + "0800", TCP4),
        link("Ethernet IPv6 UDP", 1, MAC + "86dd", UDP6),
        link("Ethernet IPv6 TCP", 1, MAC + "86dd", TCP6),
        link("IEEE 802.3 with SNAP", 1, MAC + "0041 aaaa03 000000 0800", UDP4),
        link("IEEE 802.3 with LLC of IP", 1, MAC + "003c 060603", UDP4),
        link("BSD loopback, little-endian, IPv4", 0, "02000000", UDP4),
        link("BSD loopback, big-endian, IPv4", 0, "00000002", UDP4),
        link("NetBSD loopback IPv6", 0, "18000000", UDP6),
        link("FreeBSD loopback IPv6", 0, "1c000000", UDP6),
        link("macOS loopback IPv6", 0, "1e000000", TCP6),
        link("macOS loopback IPv6, big-endian", 0, "0000001e", TCP6),
        link("OpenBSD loopback", 108, "00000002", TCP4),
        link("OpenBSD loopback IPv6", 108, "00000018", UDP6),
        link("raw IP as BSD numbers it", 12, "", UDP4),
        link("raw IP as OpenBSD numbers it", 14, "", UDP6),
        link("raw IP, version 4", 101, "", TCP4),
        link("raw IP, version 6", 101, "", TCP6),
        link("raw IPv4", 228, "", UDP4),
        link("raw IPv6", 229, "", UDP6),
        link("Cisco HDLC", 104, "0f00 0800", UDP4),
        link("Cisco HDLC IPv6", 104, "0f00 86dd", UDP6),
        link("Linux cooked", 113, "0000 0001 0006 0200000000010000 0800", UDP4),
        link("Linux cooked IPv6", 113, "0004 0001 0006 0200000000010000 86dd", TCP6),
        link("Linux cooked 2", 276, "0800 0000 00000002 0001 00 06 0200000000010000", UDP4),
        link("Linux cooked 2 IPv6", 276, "86dd 0000 00000002 0001 04 06 0200000000010000", UDP6),
        link("netfilter log IPv4", 239, "02 00 0000 0500 0a00 00000000 3d00 0900", UDP4),
        link("netfilter log IPv6", 239, "0a 00 0000 5100 0900", UDP6),
        link("802.11 data", 105, "0801" + WIRELESS + "aaaa03 000000 0800", UDP4),
        link("802.11 QoS data", 105, "8801" + WIRELESS + "0000 aaaa03 000000 86dd", UDP6),
        link(
            "802.11 QoS data, four addresses",
            105,
            "8803" + WIRELESS + "020000000004 0000 aaaa03 000000 0800",
            TCP4),
        link(
            "802.11 with radiotap",
            127,
            "00 00 0900 02000000 00 0801" + WIRELESS + "aaaa03 000000 0800",
            UDP4),
        link(
            "802.11 with per-packet information",
            192,
            "00 00 0800 69000000 0801" + WIRELESS + "aaaa03 000000 0800",
            UDP4),
        link("Ethernet in per-packet information", 192, "00 00 0800 01000000" + MAC + "0800", UDP4),
        link("packet tap of macOS", 258, PACKET_TAP + MAC + "0800", UDP4),
        link("packet tap of macOS under its private number", 149, PACKET_TAP + MAC + "86dd", TCP6),
        link("ARCNET of RFC 1051", 7, "be50 f0", UDP4),
        link("ARCNET of RFC 1201", 7, "be50 d4 00 0001", TCP4),
        link("ARCNET as Linux has it, RFC 1051", 129, "be50 ab08 f0", UDP4),
        link("ARCNET as Linux has it, IPv6", 129, "be50 ab08 c4 00 0001", UDP6),
        link("FireWire", 138, "0200000000000001 0200000000000002 0800", UDP4),
        FrameCase.of("MPLS without Ethernet", 219, "00064140", UDP4, Tunnel.MPLS),
        link("FDDI", 10, "50 020000000002 020000000001 aaaa03 000000 0800", UDP4),
        link("LLC of ATM", 100, "aaaa03 000000 0800", UDP4),
        link("frame relay, Cisco's way", 107, "48e1 86dd", UDP6),
        link("frame relay", 107, "18a1 03 cc", TCP4),
        link("frame relay, padded", 107, "18a1 03 00 8e", TCP6),
        link("frame relay with SNAP, four address bytes", 107, "18a00001 03 80 000000 0800", UDP4),
        ppp("frame relay with PPP", 107, "18a1 03 cf 0021", UDP4),
        ppp("PPP in HDLC-like framing", 9, "ff03 0021", UDP4),
        ppp("PPP without address and control", 9, "0057", UDP6),
        ppp("PPP with short protocol field", 9, "21", TCP4),
        ppp("PPP in HDLC", 50, "ff03 0057", TCP6),
        ppp("PPP of pppd, received", 166, "0003 0021", UDP4),
        ppp("PPP of pppd, sent", 166, "0103 0057", UDP6),
        ppp("PPP with direction, received", 204, "00 ff03 0021", UDP4),
        ppp("PPP with direction, sent", 204, "01 0057", UDP6),
        FrameCase.of("PPPoE session", 51, "11 00 0001 003b 0021", UDP4, Tunnel.PPPOE));
  }

  private static FrameCase link(String name, int linkType, String header, Inner inner) {
    return FrameCase.of(name, linkType, header, inner, Tunnel.NONE);
  }

  private static FrameCase ppp(String name, int linkType, String header, Inner inner) {
    return FrameCase.of(name, linkType, header, inner, Tunnel.PPP);
  }
}
