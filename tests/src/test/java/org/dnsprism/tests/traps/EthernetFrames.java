// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import java.nio.ByteBuffer;

/** Ethernet around IP packets, with any headers of layer 2 between (IEEE 802.3, IEEE 802.1Q). */
final class EthernetFrames {
  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;
  static final int VLAN = 0x8100;
  static final int PROVIDER_VLAN = 0x88a8;
  static final int OLD_PROVIDER_VLAN = 0x9100;

  private static final byte[] ADDRESSES = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1};

  private EthernetFrames() {}

  /** A frame of an IP packet. */
  static byte[] of(byte... packet) {
    return of(etherType(packet), packet);
  }

  /** A frame of anything. */
  static byte[] of(int etherType, byte... body) {
    return ByteBuffer.allocate(14 + body.length)
        .put(ADDRESSES)
        .putShort((short) etherType)
        .put(body)
        .array();
  }

  /** A frame with an 802.1Q tag. */
  static byte[] tagged(int vlan, byte... packet) {
    return of(VLAN, tag(vlan, etherType(packet), packet));
  }

  /** A frame with two tags; the outer one has the given type. */
  static byte[] tagged(int outerType, int outer, int inner, byte... packet) {
    return of(outerType, tag(outer, VLAN, tag(inner, etherType(packet), packet)));
  }

  private static byte[] tag(int vlan, int etherType, byte... body) {
    return ByteBuffer.allocate(4 + body.length)
        .putShort((short) vlan)
        .putShort((short) etherType)
        .put(body)
        .array();
  }

  /** 0x0800 or 0x86dd, as the packet's version is. */
  static int etherType(byte... packet) {
    return packet[0] >>> 4 == 4 ? IPV4 : IPV6;
  }
}
