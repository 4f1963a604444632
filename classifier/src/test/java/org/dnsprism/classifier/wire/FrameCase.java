// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import java.util.HexFormat;
import java.util.List;

/**
 * A frame around one of the inner packets.
 *
 * @param name what encloses the packet
 * @param linkType LINKTYPE number
 * @param hex the frame in hexadecimal
 * @param headerLength bytes before the inner TCP or UDP header
 * @param inner the packet inside
 * @param tunnel the innermost encapsulation
 * @param vlans the outermost VLAN identifiers, two at most
 */
public record FrameCase(
    String name,
    int linkType,
    String hex,
    int headerLength,
    Inner inner,
    Tunnel tunnel,
    List<Integer> vlans) {

  /** Port 54321 of the UDP header around a tunnel: digits that stand nowhere else. */
  static final String OUTER_PORT = "d431";

  /** A frame of some headers and an inner packet. */
  static FrameCase of(
      String name, int linkType, String headers, Inner inner, Tunnel tunnel, Integer... vlans) {
    String frame = headers + inner.hex();
    int length = bytes(frame).length - bytes(inner.segment()).length;
    return new FrameCase(name, linkType, frame, length, inner, tunnel, List.of(vlans));
  }

  /** A frame of some headers, the last of them an IP header, and an inner TCP segment or UDP. */
  static FrameCase ofSegment(String name, String headers, Inner inner, Tunnel tunnel) {
    String frame = headers + inner.segment();
    return new FrameCase(name, 1, frame, bytes(headers).length, inner, tunnel, List.of());
  }

  /** The bytes of digits in hexadecimal; blanks do not count. */
  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  /** The frame. */
  public byte[] bytes() {
    return bytes(hex);
  }

  /** Index of the payload of TCP or UDP. */
  int payloadOffset() {
    return headerLength + bytes(inner.segment()).length - inner.payloadLength();
  }

  /** Bytes up to the end of the first UDP header or of the fixed part of the first TCP header. */
  int firstTransportEnd() {
    int outer = hex.replaceAll("\\s", "").indexOf(OUTER_PORT);
    return outer >= 0 ? outer / 2 + UdpHeader.LENGTH : innerTransportEnd();
  }

  /** Bytes up to the end of the inner UDP header or of the fixed part of the inner TCP header. */
  int innerTransportEnd() {
    boolean tcp = inner.protocol() == Packet.TCP;
    return headerLength + (tcp ? TcpHeader.LENGTH : UdpHeader.LENGTH);
  }

  @Override
  public String toString() {
    return name;
  }
}
