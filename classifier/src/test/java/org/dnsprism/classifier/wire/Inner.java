// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/**
 * The IP packets that the frames of the tests carry: a query for example.com from 192.0.2.1 or
 * 2001:db8::1 to 198.51.100.53 or 2001:db8::53, laid out after RFC 791, RFC 8200, RFC 768, RFC 9293
 * and RFC 1035, checksums included.
 */
public enum Inner {
  /** Source port 40000, 57 (0x39) bytes in all. */
  UDP4(
      "4500 0039 0001 0000 4011 8e49 c0000201 c6336435",
      "9c40 0035 0025 9522",
      4,
      Packet.UDP,
      40_000),
  /** Source port 40000, 77 (0x4d) bytes in all. */
  UDP6(
      "60000000 0025 1140 20010db8000000000000000000000001 20010db8000000000000000000000053",
      "9c40 0035 0025 25c7",
      6,
      Packet.UDP,
      40_000),
  /** Source port 40001, with time stamp option, 83 (0x53) bytes in all. */
  TCP4(
      "4500 0053 0001 0000 4006 8e3a c0000201 c6336435",
      "9c41 0035 fedcba98 89abcdef 8018 01f6 f8ec 0000 0101080a 00000001 00000002 001d",
      4,
      Packet.TCP,
      40_001),
  /** Source port 40001, with time stamp option, 103 (0x67) bytes in all. */
  TCP6(
      "60000000 003f 0640 20010db8000000000000000000000001 20010db8000000000000000000000053",
      "9c41 0035 fedcba98 89abcdef 8018 01f6 8991 0000 0101080a 00000001 00000002 001d",
      6,
      Packet.TCP,
      40_001);

  /** A DNS message of 29 bytes; in TCP its length stands before it. */
  static final String QUERY =
      "1234 0100 0001 0000 0000 0000 07 6578616d706c65 03 636f6d 00 0001 0001";

  static final int QUERY_LENGTH = 29;

  private final String header;
  private final String transport;
  private final int ipVersion;
  private final int protocol;
  private final int sourcePort;

  Inner(String header, String transport, int ipVersion, int protocol, int sourcePort) {
    this.header = header;
    this.transport = transport;
    this.ipVersion = ipVersion;
    this.protocol = protocol;
    this.sourcePort = sourcePort;
  }

  /** The whole packet in hexadecimal. */
  String hex() {
    return header + transport + QUERY;
  }

  /** What is behind the IP header, in hexadecimal. */
  String segment() {
    return transport + QUERY;
  }

  /** 4 or 6. */
  public int ipVersion() {
    return ipVersion;
  }

  /** 6 or 17. */
  public int protocol() {
    return protocol;
  }

  /** The client's port. */
  public int sourcePort() {
    return sourcePort;
  }

  int payloadLength() {
    return protocol == Packet.TCP ? QUERY_LENGTH + 2 : QUERY_LENGTH;
  }

  long sourceHigh() {
    return ipVersion == 4 ? 0 : 0x20010db8_00000000L;
  }

  long sourceLow() {
    return ipVersion == 4 ? 0xffff_c0000201L : 1;
  }

  long destinationHigh() {
    return ipVersion == 4 ? 0 : 0x20010db8_00000000L;
  }

  long destinationLow() {
    return ipVersion == 4 ? 0xffff_c6336435L : 0x53;
  }
}
