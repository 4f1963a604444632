// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import java.nio.ByteBuffer;
import org.dnsprism.classifier.flow.Peer;

/** IP packets in IP packets. */
final class Tunnels {
  private static final int IPV4 = 4;
  private static final int IPV6 = 41;

  private Tunnels() {}

  /** GTP-U (3GPP TS 29.281, section 5.1): a G-PDU without optional fields. */
  static byte[] gtpu(Peer from, Peer to, int endpoint, byte... packet) {
    ByteBuffer payload = ByteBuffer.allocate(8 + packet.length);
    payload.put((byte) 0x30).put((byte) 0xff).putShort((short) packet.length);
    return IpPackets.udp(from, to, payload.putInt(endpoint).put(packet).array());
  }

  /** IP in IP (RFC 2003, RFC 2473, RFC 4213). */
  static byte[] ipInIp(Peer from, Peer to, byte... packet) {
    return IpPackets.ip(from, to, packet[0] >>> 4 == 4 ? IPV4 : IPV6, packet);
  }
}
