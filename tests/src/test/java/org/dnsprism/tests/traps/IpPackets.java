// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dnsprism.classifier.flow.Peer;

/** IP packets with right checksums, laid out after RFC 791, 8200, 768 and 9293. */
final class IpPackets {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int FRAGMENT_HEADER = 44;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;

  private IpPackets() {}

  /** A UDP datagram in IPv4 or IPv6, as the addresses are. */
  static byte[] udp(Peer from, Peer to, byte... payload) {
    int length = 8 + payload.length;
    ByteBuffer udp = ByteBuffer.allocate(length);
    udp.putShort((short) from.port()).putShort((short) to.port());
    udp.putShort((short) length).putShort((short) 0).put(payload);
    return ip(from, to, UDP, checked(from, to, UDP, udp.array(), 6));
  }

  /** A TCP segment; options must fill whole words. */
  static byte[] tcp(
      Peer from, Peer to, int flags, long seq, long ack, byte[] options, byte... payload) {
    ByteBuffer tcp = ByteBuffer.allocate(20 + options.length + payload.length);
    tcp.putShort((short) from.port()).putShort((short) to.port());
    tcp.putInt((int) seq).putInt((int) ack);
    tcp.put((byte) ((5 + options.length / 4) << 4)).put((byte) flags).putShort((short) 0xffff);
    tcp.putInt(0).put(options).put(payload);
    return ip(from, to, TCP, checked(from, to, TCP, tcp.array(), 16));
  }

  /** Anything in IPv4 or IPv6, as the addresses are; ports do not matter. */
  static byte[] ip(Peer from, Peer to, int protocol, byte... body) {
    return from.bytes().length == 4
        ? ipv4(from, to, protocol, 0, 0, body)
        : ipv6(from, to, protocol, body);
  }

  /**
   * Cuts an IPv4 packet without options, or an IPv6 packet without extension headers, into
   * fragments.
   *
   * @param packet the whole packet
   * @param identification the same in all fragments
   * @param size bytes in each fragment but the last, a multiple of 8
   */
  static List<byte[]> fragments(byte[] packet, int identification, int size) {
    boolean four = packet[0] >>> 4 == 4;
    int header = four ? IPV4_HEADER : IPV6_HEADER;
    List<byte[]> fragments = new ArrayList<>();
    for (int start = header; start < packet.length; start += size) {
      byte[] part = Arrays.copyOfRange(packet, start, Math.min(packet.length, start + size));
      boolean more = start + size < packet.length;
      fragments.add(fragment(packet, identification, start - header, part, more));
    }
    return Collections.unmodifiableList(fragments);
  }

  /** A fragment of a packet that says of some bytes that they are at an offset of its body. */
  static byte[] fragment(byte[] packet, int identification, int offset, byte[] part, boolean more) {
    if (packet[0] >>> 4 == 4) {
      Peer from = Peer.of(Arrays.copyOfRange(packet, 12, 16), 0);
      Peer to = Peer.of(Arrays.copyOfRange(packet, 16, 20), 0);
      return ipv4(from, to, packet[9], identification, offset / 8 | (more ? 0x2000 : 0), part);
    }
    Peer from = Peer.of(Arrays.copyOfRange(packet, 8, 24), 0);
    Peer to = Peer.of(Arrays.copyOfRange(packet, 24, 40), 0);
    ByteBuffer body = ByteBuffer.allocate(8 + part.length).put(packet[6]).put((byte) 0);
    body.putShort((short) (offset | (more ? 1 : 0))).putInt(identification).put(part);
    return ipv6(from, to, FRAGMENT_HEADER, body.array());
  }

  private static byte[] ipv4(
      Peer from, Peer to, int protocol, int identification, int fragment, byte... body) {
    ByteBuffer packet = ByteBuffer.allocate(IPV4_HEADER + body.length);
    packet.putShort((short) 0x4500).putShort((short) packet.capacity());
    packet.putShort((short) identification).putShort((short) fragment);
    packet.put((byte) 64).put((byte) protocol).putShort((short) 0);
    packet.put(from.bytes()).put(to.bytes()).put(body);
    packet.putShort(10, (short) ~sum(Arrays.copyOf(packet.array(), IPV4_HEADER)));
    return packet.array();
  }

  private static byte[] ipv6(Peer from, Peer to, int next, byte... body) {
    ByteBuffer packet = ByteBuffer.allocate(IPV6_HEADER + body.length);
    packet.putInt(0x6000_0000).putShort((short) body.length).put((byte) next).put((byte) 64);
    return packet.put(from.bytes()).put(to.bytes()).put(body).array();
  }

  /** The segment with its checksum, over the pseudo header too. */
  private static byte[] checked(Peer from, Peer to, int protocol, byte[] segment, int at) {
    ByteBuffer all = ByteBuffer.allocate(40 + segment.length);
    all.put(from.bytes()).put(to.bytes()).putInt(segment.length).putInt(protocol).put(segment);
    int checksum = ~sum(all.array()) & 0xffff;
    ByteBuffer.wrap(segment).putShort(at, (short) (checksum == 0 ? 0xffff : checksum));
    return segment;
  }

  /** The ones' complement sum of RFC 1071. */
  private static int sum(byte[] bytes) {
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum;
  }
}
