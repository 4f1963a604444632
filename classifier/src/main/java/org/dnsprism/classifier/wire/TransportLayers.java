// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/** What is behind an IP header: TCP, UDP, or another packet in a tunnel. */
final class TransportLayers {
  private static final int AUTHENTICATION_LENGTH = 12;

  private TransportLayers() {}

  static int protocol(Walk w, Packet packet) {
    return switch (w.ipProtocol) {
      case IpProtocol.TCP -> tcp(w, packet);
      case IpProtocol.UDP -> udp(w, packet);
      case IpProtocol.IPV4 -> ipInIp(w, Layer.IPV4);
      case IpProtocol.IPV6 -> ipInIp(w, Layer.IPV6);
      case IpProtocol.GRE -> GreHeader.enter(w);
      case IpProtocol.MPLS -> Layer.MPLS;
      case IpProtocol.AUTHENTICATION -> authentication(w);
      default -> Layer.end(DecodeStatus.OTHER_PROTOCOL);
    };
  }

  private static int ipInIp(Walk w, int layer) {
    w.tunnel = Tunnel.IPIP;
    return layer;
  }

  /** The authentication header (RFC 4302): next 1, length in words less two 1. */
  private static int authentication(Walk w) {
    if (!w.has(AUTHENTICATION_LENGTH)) {
      return w.missing(AUTHENTICATION_LENGTH);
    }
    int length = (w.u8(1) + 2) << 2;
    if (!w.has(length)) {
      return w.missing(length);
    }
    w.ipProtocol = w.u8(0);
    w.position += length;
    return Layer.IP_PROTOCOL;
  }

  private static int tcp(Walk w, Packet packet) {
    if (!w.has(TcpHeader.LENGTH)) {
      return w.missing(TcpHeader.LENGTH);
    }
    int at = w.position;
    int headerLength = TcpHeader.headerLength(w.buffer, at);
    if (headerLength < TcpHeader.LENGTH) {
      return Layer.end(DecodeStatus.MALFORMED);
    }
    if (headerLength > w.limit - at) {
      return Layer.end(DecodeStatus.SHORT);
    }
    packet.sourcePort = TcpHeader.sourcePort(w.buffer, at);
    packet.destinationPort = TcpHeader.destinationPort(w.buffer, at);
    packet.tcpFlags = TcpHeader.flags(w.buffer, at);
    packet.tcpSequence = TcpHeader.sequence(w.buffer, at);
    packet.tcpAcknowledgment = TcpHeader.acknowledgment(w.buffer, at);
    return fill(w, packet, Packet.TCP, at, at + headerLength, w.limit);
  }

  private static int udp(Walk w, Packet packet) {
    if (!w.has(UdpHeader.LENGTH)) {
      return w.missing(UdpHeader.LENGTH);
    }
    int at = w.position;
    int length = UdpHeader.length(w.buffer, at);
    if (length > 0 && length < UdpHeader.LENGTH) {
      return Layer.end(DecodeStatus.MALFORMED);
    }
    int sourcePort = UdpHeader.sourcePort(w.buffer, at);
    int destinationPort = UdpHeader.destinationPort(w.buffer, at);
    int end = length == 0 ? w.limit : Math.min(w.limit, at + length);
    int inner = UdpTunnels.enter(w, sourcePort, destinationPort, end);
    if (inner != UdpTunnels.NONE) {
      return inner;
    }
    packet.sourcePort = sourcePort;
    packet.destinationPort = destinationPort;
    packet.tcpFlags = 0;
    packet.tcpSequence = 0;
    packet.tcpAcknowledgment = 0;
    return fill(w, packet, Packet.UDP, at, at + UdpHeader.LENGTH, end);
  }

  private static int fill(Walk w, Packet packet, int protocol, int header, int payload, int end) {
    packet.buffer = w.buffer;
    packet.protocol = protocol;
    packet.ipVersion = w.ipVersion;
    packet.sourceHigh = w.sourceHigh;
    packet.sourceLow = w.sourceLow;
    packet.destinationHigh = w.destinationHigh;
    packet.destinationLow = w.destinationLow;
    packet.identification = w.identification;
    packet.transportOffset = header;
    packet.payloadOffset = payload;
    packet.payloadLength = Math.max(0, end - payload);
    packet.capturedPayloadLength = Math.max(0, Math.min(end, w.captured) - payload);
    packet.vlanCount = w.vlanCount;
    packet.outerVlan = w.outerVlan;
    packet.innerVlan = w.innerVlan;
    packet.tunnel = w.tunnel;
    return Layer.end(DecodeStatus.TRANSPORT);
  }
}
