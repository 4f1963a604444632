// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/** Numbers of IEEE 802 that say what follows (IANA, IEEE 802 Numbers). */
final class EtherType {
  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;
  static final int VLAN = 0x8100;
  static final int SERVICE_VLAN = 0x88a8;
  static final int OLD_SERVICE_VLAN = 0x9100;
  static final int OLD_SERVICE_VLAN_2 = 0x9200;
  static final int MPLS = 0x8847;
  static final int MPLS_MULTICAST = 0x8848;
  static final int PPPOE_SESSION = 0x8864;
  static final int PPP = 0x880b;
  static final int TRANSPARENT_ETHERNET = 0x6558;
  static final int ETHERNET_OVER_IP = 0x6400;
  static final int PROVIDER_BACKBONE = 0x88e7;
  static final int ERSPAN_2 = 0x88be;
  static final int ERSPAN_3 = 0x22eb;

  /** Smaller values are lengths of an LLC frame (IEEE 802.3). */
  static final int FIRST = 0x0600;

  private EtherType() {}

  /** Whether a frame of the type holds IP, as a rule: enough to know Ethernet where it may be. */
  static boolean carriesIp(int etherType) {
    return switch (etherType) {
      case IPV4, IPV6, VLAN, SERVICE_VLAN, MPLS, PPPOE_SESSION -> true;
      default -> false;
    };
  }
}
