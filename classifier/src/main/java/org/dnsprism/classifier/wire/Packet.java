// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The TCP segment or UDP datagram found in a frame: a flyweight over the frame's bytes, filled by
 * {@code PacketDecoder} and reused. Addresses are IPv6 addresses as two big-endian halves; an IPv4
 * address is held v4-mapped (RFC 4291, section 2.5.5.2). The accessors are valid after {@link
 * DecodeStatus#TRANSPORT} and until the batch is released.
 */
public final class Packet {
  /** Protocol number of TCP. */
  public static final int TCP = 6;

  /** Protocol number of UDP. */
  public static final int UDP = 17;

  /** The most VLAN tags that are kept of a frame; deeper ones are skipped over. */
  public static final int MAX_VLANS = 2;

  ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  long timeNanos;
  int wireLength;
  int ipVersion;
  int protocol;
  long sourceHigh;
  long sourceLow;
  long destinationHigh;
  long destinationLow;
  int sourcePort;
  int destinationPort;
  int identification;
  int transportOffset;
  int payloadOffset;
  int payloadLength;
  int capturedPayloadLength;
  int tcpFlags;
  long tcpSequence;
  long tcpAcknowledgment;
  int vlanCount;
  int outerVlan;
  int innerVlan;
  Tunnel tunnel = Tunnel.NONE;

  /** The buffer that holds the payload: the frame's, or that of a reassembled datagram. */
  public ByteBuf buffer() {
    return buffer;
  }

  /** Time stamp of the frame in nanoseconds since 1970-01-01T00:00:00Z. */
  public long timeNanos() {
    return timeNanos;
  }

  /** Length of the frame on the wire in bytes. */
  public int wireLength() {
    return wireLength;
  }

  /** 4 or 6, of the innermost IP header. */
  public int ipVersion() {
    return ipVersion;
  }

  /** {@link #TCP} or {@link #UDP}. */
  public int protocol() {
    return protocol;
  }

  /** Upper 64 bits of the source address. */
  public long sourceHigh() {
    return sourceHigh;
  }

  /** Lower 64 bits of the source address. */
  public long sourceLow() {
    return sourceLow;
  }

  /** Upper 64 bits of the destination address. */
  public long destinationHigh() {
    return destinationHigh;
  }

  /** Lower 64 bits of the destination address. */
  public long destinationLow() {
    return destinationLow;
  }

  /** Source port, 0 to 65535. */
  public int sourcePort() {
    return sourcePort;
  }

  /** Destination port, 0 to 65535. */
  public int destinationPort() {
    return destinationPort;
  }

  /** Index in {@link #buffer()} of the first byte after the TCP or UDP header. */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** Bytes of payload that the headers declare, also where the capture holds fewer. */
  public int payloadLength() {
    return payloadLength;
  }

  /**
   * Bytes of payload that the UDP header declares; more than {@link #payloadLength()} where this is
   * the first fragment of a datagram whose others are lost. Of UDP packets only.
   */
  public int datagramLength() {
    int header = payloadOffset - UdpHeader.LENGTH;
    return Math.max(payloadLength, UdpHeader.length(buffer, header) - UdpHeader.LENGTH);
  }

  /** Bytes of payload that are in the buffer; less than declared when cut by the snap length. */
  public int capturedPayloadLength() {
    return capturedPayloadLength;
  }

  /** TCP flag bits as they stand in the header ; 0 for UDP. */
  public int tcpFlags() {
    return tcpFlags;
  }

  /** TCP sequence number, 0 to 2^32-1; 0 for UDP. */
  public long tcpSequence() {
    return tcpSequence;
  }

  /** TCP acknowledgment number, 0 to 2^32-1; 0 for UDP. */
  public long tcpAcknowledgment() {
    return tcpAcknowledgment;
  }

  /** How many VLAN tags are kept, 0 to {@link #MAX_VLANS}. */
  public int vlanCount() {
    return vlanCount;
  }

  /**
   * VLAN identifier, 0 to 4095.
   *
   * @param index 0 for the outermost tag
   */
  public int vlan(int index) {
    return index == 0 ? outerVlan : innerVlan;
  }

  /** The innermost encapsulation around the IP header that the addresses are from. */
  public Tunnel tunnel() {
    return tunnel;
  }

  @Override
  public String toString() {
    return "Packet[time=%d ip=%d protocol=%d %x:%x.%d > %x:%x.%d payload=%d/%d flags=%x tunnel=%s]"
        .formatted(
            timeNanos,
            ipVersion,
            protocol,
            sourceHigh,
            sourceLow,
            sourcePort,
            destinationHigh,
            destinationLow,
            destinationPort,
            capturedPayloadLength,
            payloadLength,
            tcpFlags,
            tunnel);
  }
}
