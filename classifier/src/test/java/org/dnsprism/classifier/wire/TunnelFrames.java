// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.dnsprism.classifier.wire.Inner.TCP4;
import static org.dnsprism.classifier.wire.Inner.TCP6;
import static org.dnsprism.classifier.wire.Inner.UDP4;
import static org.dnsprism.classifier.wire.Inner.UDP6;
import static org.dnsprism.classifier.wire.LinkFrames.MAC;

import java.util.List;
import java.util.stream.Stream;

/**
 * Tunnels in IP and UDP, with all lengths counted by hand after the document that {@link Tunnel}
 * names for each. Outer checksums are zero: the decoder does not look at them.
 */
final class TunnelFrames {
  private static final String TEID = "00000001";

  private TunnelFrames() {}

  static List<FrameCase> all() {
    return Stream.of(inIp(), gre(), vxlan(), geneve(), gtpu(), otherUdp())
        .flatMap(List::stream)
        .toList();
  }

  private static List<FrameCase> inIp() {
    return List.of(
        tunnel("4 in 4", v4("004d", "04"), UDP4, Tunnel.IPIP),
        tunnel("6 in 4", v4("0061", "29"), UDP6, Tunnel.IPIP),
        tunnel("4 in 6", v6("0053", "04"), TCP4, Tunnel.IPIP),
        tunnel("6 in 6", v6("0067", "29"), TCP6, Tunnel.IPIP),
        tunnel("4 in 4 in 4", v4("0061", "04") + ip4("004d", "04"), UDP4, Tunnel.IPIP),
        tunnel("MPLS in IPv4", v4("0051", "89") + "00064140", UDP4, Tunnel.MPLS));
  }

  private static List<FrameCase> gre() {
    return List.of(
        tunnel("GRE", v4("0051", "2f") + "0000 0800", UDP4, Tunnel.GRE),
        tunnel("GRE in IPv6", v6("0051", "2f") + "0000 86dd", UDP6, Tunnel.GRE),
        tunnel(
            "GRE with checksum, key and sequence",
            v4("005d", "2f") + "b000 0800 0000 0000 0000002a 00000001",
            UDP4,
            Tunnel.GRE),
        tunnel(
            "GRE with Ethernet", v4("005f", "2f") + "0000 6558" + MAC + "0800", UDP4, Tunnel.GRE),
        tunnel("EoIP", v4("0063", "2f") + "2001 6400 0047 0a00" + MAC + "0800", UDP4, Tunnel.GRE),
        tunnel("GRE with MPLS", v4("0055", "2f") + "0000 8847 00064140", UDP4, Tunnel.MPLS),
        tunnel(
            "GRE of PPTP",
            v4("0061", "2f") + "3081 880b 003d 0001 00000001 00000001 ff03 0021",
            UDP4,
            Tunnel.GRE),
        tunnel("ERSPAN I", v4("005f", "2f") + "0000 88be" + MAC + "0800", UDP4, Tunnel.GRE),
        tunnel(
            "ERSPAN II",
            v4("006b", "2f") + "1000 88be 00000001 1001 0001 00000000" + MAC + "0800",
            UDP4,
            Tunnel.GRE),
        tunnel(
            "ERSPAN III",
            v4("006f", "2f") + "1000 22eb 00000001 2001 0001 00000000 0000 0000" + MAC + "0800",
            UDP4,
            Tunnel.GRE),
        tunnel(
            "ERSPAN III with platform header",
            v4("0077", "2f")
                + "1000 22eb 00000001 2001 0001 00000000 0000 0001 0400000000000000"
                + MAC
                + "0800",
            UDP4,
            Tunnel.GRE),
        tunnel(
            "GRE in UDP", v4("0059", "11") + udp("1292", "0045") + "0000 0800", UDP4, Tunnel.GRE));
  }

  private static List<FrameCase> vxlan() {
    String header = "08000000 00002a00" + MAC;
    return List.of(
        tunnel(
            "VXLAN", v4("006b", "11") + udp("12b5", "0057") + header + "0800", UDP4, Tunnel.VXLAN),
        tunnel(
            "VXLAN on the port of Linux",
            v4("006b", "11") + udp("2118", "0057") + header + "0800",
            UDP4,
            Tunnel.VXLAN),
        tunnel(
            "VXLAN in IPv6",
            v6("0085", "11") + udp("12b5", "0085") + header + "86dd",
            TCP6,
            Tunnel.VXLAN),
        tunnel(
            "VXLAN with group policy",
            v4("006b", "11") + udp("12b5", "0057") + "88480064 00002a00" + MAC + "0800",
            UDP4,
            Tunnel.VXLAN),
        tunnel(
            "VXLAN with generic extension, Ethernet",
            v4("006b", "11") + udp("12b6", "0057") + "0c000003 00002a00" + MAC + "0800",
            UDP4,
            Tunnel.VXLAN),
        tunnel(
            "VXLAN with generic extension, IPv4",
            v4("005d", "11") + udp("12b6", "0049") + "0c000001 00002a00",
            UDP4,
            Tunnel.VXLAN),
        tunnel(
            "VXLAN with generic extension, IPv6",
            v4("0071", "11") + udp("12b6", "005d") + "0c000002 00002a00",
            UDP6,
            Tunnel.VXLAN),
        tunnel(
            "VXLAN in VXLAN",
            v4("009d", "11")
                + udp("12b5", "0089")
                + header
                + "0800"
                + ip4("006b", "11")
                + udp("12b5", "0057")
                + header
                + "0800",
            UDP4,
            Tunnel.VXLAN));
  }

  private static List<FrameCase> geneve() {
    return List.of(
        tunnel(
            "Geneve with Ethernet",
            v4("006b", "11") + udp("17c1", "0057") + "0000 6558 00002a00" + MAC + "0800",
            UDP4,
            Tunnel.GENEVE),
        tunnel(
            "Geneve with option",
            v4("0073", "11")
                + udp("17c1", "005f")
                + "0200 6558 00002a00 0102 80 01 deadbeef"
                + MAC
                + "0800",
            UDP4,
            Tunnel.GENEVE),
        tunnel(
            "Geneve, reserved bits set",
            v4("006b", "11") + udp("17c1", "0057") + "0005 6558 00002a7a" + MAC + "0800",
            UDP4,
            Tunnel.GENEVE),
        tunnel(
            "Geneve with IPv4",
            v4("005d", "11") + udp("17c1", "0049") + "0000 0800 00002a00",
            UDP4,
            Tunnel.GENEVE),
        tunnel(
            "Geneve with IPv6",
            v6("005d", "11") + udp("17c1", "005d") + "0000 86dd 00002a00",
            UDP6,
            Tunnel.GENEVE));
  }

  private static List<FrameCase> gtpu() {
    return List.of(
        tunnel(
            "GTP-U",
            v4("005d", "11") + udp("0868", "0049") + "30 ff 0039" + TEID,
            UDP4,
            Tunnel.GTPU),
        tunnel(
            "GTP-U with IPv6",
            v4("0071", "11") + udp("0868", "005d") + "30 ff 004d" + TEID,
            UDP6,
            Tunnel.GTPU),
        tunnel(
            "GTP-U with sequence number",
            v4("0061", "11") + udp("0868", "004d") + "32 ff 003d" + TEID + "0001 00 00",
            UDP4,
            Tunnel.GTPU),
        tunnel(
            "GTP-U with two extension headers",
            v4("0069", "11")
                + udp("0868", "0055")
                + "34 ff 0045"
                + TEID
                + "0000 00 85 01 1009 40 01 0000 00",
            UDP4,
            Tunnel.GTPU));
  }

  private static List<FrameCase> otherUdp() {
    return List.of(
        tunnel(
            "L2TP",
            v4("005f", "11") + udp("06a5", "004b") + "0002 0001 0002 ff03 0021",
            UDP4,
            Tunnel.L2TP),
        tunnel(
            "L2TP with length, sequence and offset",
            v4("0069", "11")
                + udp("06a5", "0055")
                + "4a02 004d 0001 0002 0000 0000 0002 0000 ff03 0021",
            UDP4,
            Tunnel.L2TP),
        tunnel(
            "LISP",
            v4("005d", "11") + udp("10f5", "0049") + "c0 123456 0000 0001",
            UDP4,
            Tunnel.LISP),
        tunnel("Teredo", v4("0069", "11") + udp("0dd8", "0055"), UDP6, Tunnel.TEREDO),
        tunnel(
            "Teredo with authentication and origin",
            v4("007e", "11")
                + udp("0dd8", "006a")
                + "0001 00 00 0000000000000000 00 0000 0bb8 cb007103",
            UDP6,
            Tunnel.TEREDO));
  }

  private static FrameCase tunnel(String name, String headers, Inner inner, Tunnel tunnel) {
    return FrameCase.of(name, 1, MAC + headers, inner, tunnel);
  }

  private static String v4(String totalLength, String protocol) {
    return "0800" + ip4(totalLength, protocol);
  }

  private static String ip4(String totalLength, String protocol) {
    return "4500" + totalLength + "0002 0000 40" + protocol + "0000 cb007101 cb007102";
  }

  private static String v6(String payloadLength, String next) {
    return "86dd 60000000"
        + payloadLength
        + next
        + "40 20010db8000100000000000000000001 20010db8000100000000000000000002";
  }

  private static String udp(String port, String length) {
    return FrameCase.OUTER_PORT + port + length + "0000";
  }
}
