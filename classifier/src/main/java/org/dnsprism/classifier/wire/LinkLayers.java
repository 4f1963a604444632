// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/** From the first byte of a frame to IP: link headers, VLAN tags, MPLS, PPP. */
final class LinkLayers {
  private static final int ETHERNET_LENGTH = 14;
  private static final int VLAN_LENGTH = 4;
  private static final int SERVICE_TAG_LENGTH = 4;
  private static final int MPLS_LENGTH = 4;
  private static final int CONTROL_WORD_LENGTH = 4;
  private static final int MPLS_BOTTOM = 0x100;
  private static final int PPPOE_LENGTH = 6;
  private static final int SLL_LENGTH = 16;
  private static final int SLL2_LENGTH = 20;
  private static final int LLC_SNAP_LENGTH = 8;
  private static final int LLC_SNAP = 0xaaaa03;
  private static final int LLC_IP = 0x0606;
  private static final int HDLC_ADDRESS_CONTROL = 0xff03;
  private static final int HDLC_CONTROL = 0x03;

  private LinkLayers() {}

  /** The layer that a frame of a link type starts with. */
  static int first(int linkType) {
    return switch (linkType) {
      case 1 -> Layer.ETHERNET;
      case 0, 108 -> Layer.NULL_LOOP;
      case 7 -> Layer.ARCNET;
      case 9, 50 -> Layer.PPP;
      case 10 -> Layer.FDDI;
      case 166, 204 -> Layer.PPP_DIRECTION;
      case 51 -> Layer.PPPOE;
      case 12, 14, 101, 228, 229 -> Layer.IP;
      case 100 -> Layer.LLC;
      case 104 -> Layer.CISCO_HDLC;
      case 105 -> Layer.IEEE80211;
      case 107 -> Layer.FRAME_RELAY;
      case 113 -> Layer.SLL;
      case 127 -> Layer.RADIOTAP;
      case 129 -> Layer.ARCNET_LINUX;
      case 138 -> Layer.FIREWIRE;
      case 149, 258 -> Layer.PKTAP;
      case 192 -> Layer.PPI;
      case 219 -> Layer.MPLS;
      case 239 -> Layer.NFLOG;
      case 276 -> Layer.SLL2;
      default -> Layer.end(DecodeStatus.LINK_TYPE);
    };
  }

  /** The layers off the usual way. */
  static int rare(Walk w, int layer) {
    return switch (layer) {
      case Layer.MPLS -> mpls(w);
      case Layer.PPPOE -> pppoe(w);
      case Layer.PPP -> ppp(w);
      case Layer.PPP_DIRECTION -> pppDirection(w);
      case Layer.LLC -> llc(w);
      case Layer.NULL_LOOP -> nullLoop(w);
      case Layer.SLL -> sll(w);
      case Layer.SLL2 -> sll2(w);
      case Layer.CISCO_HDLC -> w.has(4) ? w.etherType(4, w.u16(2)) : w.missing(4);
      default -> SeldomLinks.enter(w, layer);
    };
  }

  /** Ethernet II or IEEE 802.3: destination 6, source 6, type or length 2. */
  static int ethernet(Walk w) {
    if (!w.has(ETHERNET_LENGTH)) {
      return w.missing(ETHERNET_LENGTH);
    }
    return w.etherType(ETHERNET_LENGTH, w.u16(12));
  }

  static int etherType(Walk w) {
    return switch (w.etherType) {
      case EtherType.IPV4 -> Layer.IPV4;
      case EtherType.IPV6 -> Layer.IPV6;
      case EtherType.VLAN,
          EtherType.SERVICE_VLAN,
          EtherType.OLD_SERVICE_VLAN,
          EtherType.OLD_SERVICE_VLAN_2 ->
          vlan(w);
      case EtherType.MPLS, EtherType.MPLS_MULTICAST -> Layer.MPLS;
      case EtherType.PPPOE_SESSION -> Layer.PPPOE;
      case EtherType.PPP -> Layer.PPP;
      case EtherType.TRANSPARENT_ETHERNET -> Layer.ETHERNET;
      case EtherType.PROVIDER_BACKBONE -> backbone(w);
      default -> w.etherType < EtherType.FIRST ? lengthField(w) : Layer.end(DecodeStatus.NOT_IP);
    };
  }

  private static int lengthField(Walk w) {
    if (w.etherType > 0) {
      w.declare(w.etherType);
    }
    return Layer.LLC;
  }

  /** IEEE 802.1Q: tag control information 2, type 2. */
  private static int vlan(Walk w) {
    if (!w.has(VLAN_LENGTH)) {
      return w.missing(VLAN_LENGTH);
    }
    w.addVlan(w.u16(0));
    return w.etherType(VLAN_LENGTH, w.u16(2));
  }

  /** IEEE 802.1ah: service tag 4, then the customer's Ethernet frame. */
  private static int backbone(Walk w) {
    return w.has(SERVICE_TAG_LENGTH)
        ? w.next(SERVICE_TAG_LENGTH, Layer.ETHERNET)
        : w.missing(SERVICE_TAG_LENGTH);
  }

  /** A label stack (RFC 3032), and behind its bottom IP, by its version, or a pseudowire. */
  private static int mpls(Walk w) {
    do {
      if (!w.has(MPLS_LENGTH)) {
        return w.missing(MPLS_LENGTH);
      }
      w.position += MPLS_LENGTH;
    } while ((w.i32(-MPLS_LENGTH) & MPLS_BOTTOM) == 0);
    w.tunnel = Tunnel.MPLS;
    if (!w.has(MPLS_LENGTH)) {
      return w.missing(MPLS_LENGTH);
    }
    return switch (w.u8(0) >>> 4) {
      case 4 -> Layer.IPV4;
      case 6 -> Layer.IPV6;
      default -> w.next(controlWord(w) ? CONTROL_WORD_LENGTH : 0, Layer.ETHERNET);
    };
  }

  /**
   * Whether a control word (RFC 4385, section 3) stands before the Ethernet frame. It begins with
   * four zero bits, but so do most addresses: then a known type in either place decides.
   */
  private static boolean controlWord(Walk w) {
    return w.u8(0) >>> 4 == 0
        && !(w.has(ETHERNET_LENGTH) && EtherType.carriesIp(w.u16(ETHERNET_LENGTH - 2)));
  }

  /** PPPoE session (RFC 2516, section 4): version and type, code, session 2, length 2. */
  private static int pppoe(Walk w) {
    if (!w.has(PPPOE_LENGTH)) {
      return w.missing(PPPOE_LENGTH);
    }
    if (w.u8(0) != 0x11) {
      return Layer.end(DecodeStatus.MALFORMED);
    }
    if (w.u8(1) != 0) {
      return Layer.end(DecodeStatus.NOT_IP);
    }
    int length = w.u16(4);
    w.position += PPPOE_LENGTH;
    w.declare(length);
    int layer = pppProtocol(w);
    w.tunnel = Tunnel.PPPOE;
    return layer;
  }

  /** PPP with or without the address and control bytes of HDLC (RFC 1662). */
  private static int ppp(Walk w) {
    if (!w.has(2)) {
      return w.missing(2);
    }
    if (w.u16(0) == HDLC_ADDRESS_CONTROL) {
      w.position += 2;
    }
    int layer = pppProtocol(w);
    w.tunnel = w.tunnel == Tunnel.NONE ? Tunnel.PPP : w.tunnel;
    return layer;
  }

  /** PPP with a direction byte in place of the HDLC address, as pppd has it, or before it all. */
  private static int pppDirection(Walk w) {
    if (!w.has(2)) {
      return w.missing(2);
    }
    return w.next(w.u8(1) == HDLC_CONTROL ? 2 : 1, Layer.PPP);
  }

  /** The protocol field, one byte when compressed (RFC 1661, section 6.5). */
  private static int pppProtocol(Walk w) {
    if (!w.has(2)) {
      return w.missing(2);
    }
    boolean compressed = (w.u8(0) & 1) != 0;
    int protocol = compressed ? w.u8(0) : w.u16(0);
    int length = compressed ? 1 : 2;
    return switch (protocol) {
      case 0x21 -> w.next(length, Layer.IPV4);
      case 0x57 -> w.next(length, Layer.IPV6);
      case 0x281, 0x283 -> w.next(length, Layer.MPLS);
      default -> Layer.end(DecodeStatus.NOT_IP);
    };
  }

  /** IEEE 802.2 LLC, with SNAP when it says so. */
  private static int llc(Walk w) {
    if (!w.has(3)) {
      return w.missing(3);
    }
    if (w.u16(0) == LLC_IP) {
      return w.next(3, Layer.IPV4);
    }
    if ((w.u16(0) << 8 | w.u8(2)) != LLC_SNAP) {
      return Layer.end(DecodeStatus.NOT_IP);
    }
    return w.has(LLC_SNAP_LENGTH)
        ? w.etherType(LLC_SNAP_LENGTH, w.u16(6))
        : w.missing(LLC_SNAP_LENGTH);
  }

  /** The address family of the host that captured, in its own byte order or the network's. */
  private static int nullLoop(Walk w) {
    if (!w.has(4)) {
      return w.missing(4);
    }
    int family = w.i32(0);
    if ((family & 0xffff) == 0) {
      family = Integer.reverseBytes(family);
    }
    return switch (family) {
      case 2 -> w.next(4, Layer.IPV4);
      case 10, 24, 28, 30 -> w.next(4, Layer.IPV6);
      default -> Layer.end(DecodeStatus.NOT_IP);
    };
  }

  /** Linux cooked capture 1: packet type 2, hardware type 2, address 10, protocol 2. */
  private static int sll(Walk w) {
    return w.has(SLL_LENGTH) ? w.etherType(SLL_LENGTH, w.u16(14)) : w.missing(SLL_LENGTH);
  }

  /** Linux cooked capture 2: protocol 2, reserved 2, interface 4 and so on, 20 bytes in all. */
  private static int sll2(Walk w) {
    return w.has(SLL2_LENGTH) ? w.etherType(SLL2_LENGTH, w.u16(0)) : w.missing(SLL2_LENGTH);
  }
}
