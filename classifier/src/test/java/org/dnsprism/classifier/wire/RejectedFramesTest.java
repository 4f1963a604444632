// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.dnsprism.classifier.wire.DecodeStatus.LINK_TYPE;
import static org.dnsprism.classifier.wire.DecodeStatus.MALFORMED;
import static org.dnsprism.classifier.wire.DecodeStatus.NOT_IP;
import static org.dnsprism.classifier.wire.DecodeStatus.OTHER_PROTOCOL;
import static org.dnsprism.classifier.wire.DecodeStatus.SHORT;
import static org.dnsprism.classifier.wire.LinkFrames.MAC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames without a TCP segment or UDP datagram, and the one reason that each is counted under. */
class RejectedFramesTest {
  private static final String ADDRESSES4 = "c0000201 c6336435";
  private static final String UDP = "9c40 0035 0008 0000";

  static List<Arguments> frames() {
    return List.of(
        frame("unassigned link type", 147, Inner.UDP4.hex(), LINK_TYPE),
        frame("link type of another protocol family", 220, Inner.UDP4.hex(), LINK_TYPE),
        ethernet("ARP (RFC 826)", "0806 0001 0800 06 04 0001 020000000001" + ADDRESSES4, NOT_IP),
        ethernet("LLDP (IEEE 802.1AB)", "88cc 0207 04 020000000001", NOT_IP),
        ethernet("spanning tree (IEEE 802.1D)", "0026 424203 0000000000", NOT_IP),
        ethernet("PPPoE discovery code in a session", "8864 11 09 0000 0000", NOT_IP),
        ethernet("PPPoE version 2", "8864 21 00 0001 003b 0021" + Inner.UDP4.hex(), MALFORMED),
        ethernet("PPPoE LCP (RFC 1661)", "8864 11 00 0001 000a c021 0901 0008 00000000", NOT_IP),
        frame("PPP LCP", 9, "ff03 c021 0901 0008 00000000", NOT_IP),
        frame("BSD loopback of family 23", 0, "17000000" + Inner.UDP4.hex(), NOT_IP),
        frame("Linux cooked ARP", 113, "0000 0001 0006 0200000000010000 0806 0001", NOT_IP),
        frame("802.11 beacon", 105, "8000" + "00".repeat(40), NOT_IP),
        frame("802.11 acknowledgment", 105, "d400 0000 020000000001", NOT_IP),
        frame("802.11 data without data", 105, "4801" + "00".repeat(22), NOT_IP),
        frame("802.11 data, encrypted", 105, "0841" + "00".repeat(40), NOT_IP),
        frame("radiotap shorter than itself", 127, "00 00 0300 00000000", MALFORMED),
        frame("netfilter log attribute shorter than itself", 239, "0200 0000 0300 0900", MALFORMED),
        frame("netfilter log of ARP", 239, "0300 0000 0800 0900 00010800", NOT_IP),
        frame("packet tap shorter than its header", 258, "6b000000" + "00".repeat(110), MALFORMED),
        frame("packet tap with a length below zero", 258, "000000ff" + "00".repeat(110), MALFORMED),
        frame("packet tap that announces no packet", 258, "6c000000" + "00".repeat(110), NOT_IP),
        frame("packet tap of USB", 258, "6c00000001000000bd000000" + "00".repeat(98), LINK_TYPE),
        frame("FDDI station management", 10, "41" + "00".repeat(20), NOT_IP),
        frame("frame relay IS-IS", 107, "18a1 03 83 1b0100", NOT_IP),
        frame("frame relay link management", 107, "fcf1 0309 0000", NOT_IP),
        frame("raw IP version 5", 101, "55" + "00".repeat(39), MALFORMED),
        ipv4("version 6 under IPv4's type", "6500 001c 0000 0000 4011 0000", MALFORMED),
        ipv4("header length 16", "4400 001c 0000 0000 4011 0000", MALFORMED),
        ipv4("total length within the header", "4500 0013 0000 0000 4011 0000", MALFORMED),
        ipv4("ICMP", "4500 001c 0000 0000 4001 0000", OTHER_PROTOCOL),
        ipv4("SCTP", "4500 001c 0000 0000 4084 0000", OTHER_PROTOCOL),
        ipv4("ESP", "4500 001c 0000 0000 4032 0000", OTHER_PROTOCOL),
        ipv4("UDP in too few bytes", "4500 001b 0000 0000 4011 0000", SHORT),
        ipv4("options in too few bytes", "4800 0020 0000 0000 4011 0000", SHORT),
        ipv6("version 4 under IPv6's type", "40000000 0008 1140", MALFORMED),
        ipv6("ICMPv6", "60000000 0008 3a40", OTHER_PROTOCOL),
        ipv6("no next header", "60000000 0008 3b40", OTHER_PROTOCOL),
        ipv6("extension header longer than the packet", "60000000 0008 3c40", SHORT),
        transport("UDP length 7", "11", "9c40 0035 0007 0000", MALFORMED),
        transport("TCP data offset 4", "06", tcp("40"), MALFORMED),
        transport("TCP data offset 6 in 20 bytes", "06", tcp("60"), SHORT),
        transport("GRE version 2", "2f", "0002 0800" + "00".repeat(16), OTHER_PROTOCOL),
        transport(
            "GRE with routing (RFC 1701)", "2f", "4000 0800" + "00".repeat(16), OTHER_PROTOCOL),
        transport("GRE keep-alive, no type", "2f", "0000 0000" + "00".repeat(16), NOT_IP),
        transport("GRE with ISO CLNP", "2f", "0000 00fe" + "00".repeat(16), NOT_IP),
        transport("authentication of ICMP", "33", "0104 0000" + "00".repeat(24), OTHER_PROTOCOL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void isCountedUnderItsReason(String name, int linkType, String hex, DecodeStatus expected) {
    assertEquals(expected, new Decoding().decode(linkType, FrameCase.bytes(hex)), name);
  }

  private static Arguments frame(String name, int linkType, String hex, DecodeStatus expected) {
    return arguments(name, linkType, hex, expected);
  }

  private static Arguments ethernet(String name, String hex, DecodeStatus expected) {
    return frame(name, 1, MAC + hex, expected);
  }

  private static Arguments ipv4(String name, String start, DecodeStatus expected) {
    return ethernet(name, "0800" + start + ADDRESSES4 + UDP, expected);
  }

  private static Arguments ipv6(String name, String start, DecodeStatus expected) {
    String addresses = "20010db8000000000000000000000001 20010db8000000000000000000000053";
    return ethernet(name, "86dd" + start + addresses + UDP.replace("9c40", "1101"), expected);
  }

  private static Arguments transport(
      String name, String protocol, String segment, DecodeStatus expected) {
    String length = "%04x".formatted(20 + FrameCase.bytes(segment).length);
    String header = "0800 4500" + length + "0000 0000 40" + protocol + "0000" + ADDRESSES4;
    return ethernet(name, header + segment, expected);
  }

  private static String tcp(String offset) {
    return "9c41 0035 00000001 00000002" + offset + "10 0000 0000 0000";
  }
}
