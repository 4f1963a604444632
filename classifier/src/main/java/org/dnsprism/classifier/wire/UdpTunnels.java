// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/**
 * Tunnels over UDP. Their ports may carry anything, so a datagram is a tunnel only when the headers
 * in it are right to the last bit; otherwise it is a datagram like any other.
 */
final class UdpTunnels {
  /** The datagram is no tunnel. */
  static final int NONE = Integer.MAX_VALUE;

  private static final int SHORTEST = 8;
  private static final int VXLAN_PORT = 4789;
  private static final int VXLAN_LINUX_PORT = 8472;
  private static final int VXLAN_GPE_PORT = 4790;
  private static final int VXLAN_LENGTH = 8;
  private static final int VXLAN_FLAGS = 0x0800_0000;
  private static final int VXLAN_POLICY_FLAGS = 0x8800_0000;
  private static final int VXLAN_POLICY_MASK = 0xffb7_0000;
  private static final int VXLAN_GPE_FLAGS = 0x0c00_0000;
  private static final int VXLAN_GPE_MASK = 0xfdff_ff00;
  private static final int GENEVE_PORT = 6081;
  private static final int GENEVE_LENGTH = 8;
  private static final int GTPU_PORT = 2152;
  private static final int GTPU_LENGTH = 8;
  private static final int GTPU_OPTIONAL_LENGTH = 4;
  private static final int GTPU_G_PDU = 0xff;
  private static final int MAX_GTPU_EXTENSIONS = 8;
  private static final int TEREDO_PORT = 3544;
  private static final int TEREDO_ORIGIN_LENGTH = 8;
  private static final int LISP_PORT = 4341;
  private static final int LISP_LENGTH = 8;
  private static final int L2TP_PORT = 1701;
  private static final int GRE_PORT = 4754;
  private static final int GRE_NOT_ALLOWED = 0x4fff;
  private static final int ETHERNET_LENGTH = 14;

  private UdpTunnels() {}

  /**
   * Steps into the tunnel of the datagram at the walk's position.
   *
   * @param end index behind the datagram
   * @return the layer inside, or {@link #NONE} with the walk where it was
   */
  static int enter(Walk w, int sourcePort, int destinationPort, int end) {
    int payload = w.position + UdpHeader.LENGTH;
    int length = Math.min(end, w.captured) - payload;
    if (length < SHORTEST) {
      return NONE;
    }
    int layer = ofPort(w, destinationPort, payload, length, end);
    return layer == NONE ? ofPort(w, sourcePort, payload, length, end) : layer;
  }

  private static int ofPort(Walk w, int port, int payload, int length, int end) {
    return switch (port) {
      case VXLAN_PORT, VXLAN_LINUX_PORT, VXLAN_GPE_PORT -> vxlan(w, payload, length, end);
      case GENEVE_PORT -> geneve(w, payload, length, end);
      case GTPU_PORT -> gtpu(w, payload, length, end);
      case TEREDO_PORT -> teredo(w, payload, length, end);
      case LISP_PORT -> lisp(w, payload, length, end);
      case L2TP_PORT -> l2tp(w, payload, length, end);
      case GRE_PORT -> gre(w, payload, length, end);
      default -> NONE;
    };
  }

  private static int into(Walk w, int position, int end, Tunnel tunnel, int layer) {
    w.position = position;
    w.limit = Math.min(w.limit, end);
    w.tunnel = tunnel;
    return layer;
  }

  /** Into the packet of a type that is said to be at {@code inner}, if it looks like one. */
  private static int into(Walk w, int type, int inner, int limit, int end, Tunnel tunnel) {
    int first = limit > inner ? w.buffer.getUnsignedByte(inner) >>> 4 : 0;
    return switch (type) {
      case EtherType.IPV4 -> first == 4 ? into(w, inner, end, tunnel, Layer.IPV4) : NONE;
      case EtherType.IPV6 -> first == 6 ? into(w, inner, end, tunnel, Layer.IPV6) : NONE;
      case EtherType.TRANSPARENT_ETHERNET -> {
        boolean ip =
            limit - inner >= ETHERNET_LENGTH
                && EtherType.carriesIp(w.buffer.getUnsignedShort(inner + ETHERNET_LENGTH - 2));
        yield ip ? into(w, inner, end, tunnel, Layer.ETHERNET) : NONE;
      }
      default -> NONE;
    };
  }

  /** VXLAN (RFC 7348, section 5): flags 4, network identifier 3, reserved 1. */
  private static int vxlan(Walk w, int at, int length, int end) {
    int type = w.buffer.getByte(at + 7) == 0 ? vxlanType(w.buffer.getInt(at)) : 0;
    return into(w, type, at + VXLAN_LENGTH, at + length, end, Tunnel.VXLAN);
  }

  /**
   * What flags announce: Ethernet, also with a group policy, or what the generic extension says.
   */
  private static int vxlanType(int flags) {
    if (flags == VXLAN_FLAGS || (flags & VXLAN_POLICY_MASK) == VXLAN_POLICY_FLAGS) {
      return EtherType.TRANSPARENT_ETHERNET;
    }
    if ((flags & VXLAN_GPE_MASK) != VXLAN_GPE_FLAGS) {
      return 0;
    }
    return switch (flags & 0xff) {
      case 1 -> EtherType.IPV4;
      case 2 -> EtherType.IPV6;
      case 3 -> EtherType.TRANSPARENT_ETHERNET;
      default -> 0;
    };
  }

  /** Geneve (RFC 8926, section 3.4): version and options length 1, flags 1, protocol 2. */
  private static int geneve(Walk w, int at, int length, int end) {
    int first = w.buffer.getUnsignedByte(at);
    int type = first >>> 6 == 0 ? w.buffer.getUnsignedShort(at + 2) : 0;
    int header = GENEVE_LENGTH + ((first & 0x3f) << 2);
    return into(w, type, at + header, at + length, end, Tunnel.GENEVE);
  }

  /** GTP-U (3GPP TS 29.281, section 5.1): flags 1, type 1, length 2, tunnel endpoint 4. */
  private static int gtpu(Walk w, int at, int length, int end) {
    int flags = w.buffer.getUnsignedByte(at);
    boolean data = flags >>> 4 == 3 && w.buffer.getUnsignedByte(at + 1) == GTPU_G_PDU;
    if (!data || w.buffer.getUnsignedShort(at + 2) != end - at - GTPU_LENGTH) {
      return NONE;
    }
    int header = GTPU_LENGTH;
    if ((flags & 7) != 0) {
      header += GTPU_OPTIONAL_LENGTH;
      if (length < header) {
        return NONE;
      }
      header = gtpuExtensions(w, at, header, length, (flags & 4) != 0);
    }
    return length > header ? ip(w, at + header, end, Tunnel.GTPU) : NONE;
  }

  /** Each extension: length in words 1, contents, type of the next one 1. */
  private static int gtpuExtensions(Walk w, int at, int start, int length, boolean present) {
    int header = start;
    int next = present ? w.buffer.getUnsignedByte(at + header - 1) : 0;
    for (int i = 0; next != 0; i++) {
      if (i == MAX_GTPU_EXTENSIONS || header >= length) {
        return length;
      }
      int size = w.buffer.getUnsignedByte(at + header) << 2;
      if (size == 0 || header + size > length) {
        return length;
      }
      header += size;
      next = w.buffer.getUnsignedByte(at + header - 1);
    }
    return header;
  }

  private static int ip(Walk w, int at, int end, Tunnel tunnel) {
    return switch (w.buffer.getUnsignedByte(at) >>> 4) {
      case 4 -> into(w, at, end, tunnel, Layer.IPV4);
      case 6 -> into(w, at, end, tunnel, Layer.IPV6);
      default -> NONE;
    };
  }

  /** Teredo (RFC 4380, section 5.1.1): IPv6, with authentication and origin before it or not. */
  private static int teredo(Walk w, int at, int length, int end) {
    int inner = at;
    int limit = at + length;
    if (w.buffer.getUnsignedShort(inner) == 1) {
      int identifier = w.buffer.getUnsignedByte(inner + 2);
      inner += 13 + identifier + w.buffer.getUnsignedByte(inner + 3);
    }
    if (limit - inner >= 2 && w.buffer.getUnsignedShort(inner) == 0) {
      inner += TEREDO_ORIGIN_LENGTH;
    }
    boolean valid =
        limit - inner >= Ipv6Header.LENGTH
            && w.buffer.getUnsignedByte(inner) >>> 4 == 6
            && Ipv6Header.payloadLength(w.buffer, inner) + Ipv6Header.LENGTH == end - inner;
    return valid ? into(w, inner, end, Tunnel.TEREDO, Layer.IPV6) : NONE;
  }

  /** LISP data (RFC 9300, section 5.1): flags and nonce 4, instance and locator bits 4, then IP. */
  private static int lisp(Walk w, int at, int length, int end) {
    int inner = at + LISP_LENGTH;
    int available = at + length - inner;
    int version = available > 0 ? w.buffer.getUnsignedByte(inner) >>> 4 : 0;
    boolean valid =
        switch (version) {
          case 4 ->
              available >= Ipv4Header.LENGTH
                  && Ipv4Header.totalLength(w.buffer, inner) == end - inner;
          case 6 ->
              available >= Ipv6Header.LENGTH
                  && Ipv6Header.payloadLength(w.buffer, inner) + Ipv6Header.LENGTH == end - inner;
          default -> false;
        };
    return valid ? ip(w, inner, end, Tunnel.LISP) : NONE;
  }

  /** L2TP version 2 data (RFC 2661, section 3.1): flags 2, then what the flags say, then PPP. */
  private static int l2tp(Walk w, int at, int length, int end) {
    int flags = w.buffer.getUnsignedShort(at);
    boolean control = (flags & 0x8000) != 0;
    if (control || (flags & 0x0f) != 2) {
      return NONE;
    }
    int header = 6 + ((flags & 0x4000) != 0 ? 2 : 0) + ((flags & 0x0800) != 0 ? 4 : 0);
    if ((flags & 0x0200) != 0) {
      header += 2 + (length >= header + 2 ? w.buffer.getUnsignedShort(at + header) : 0);
    }
    boolean valid = length >= header + 4 && w.buffer.getUnsignedShort(at + header) == 0xff03;
    return valid ? into(w, at + header, end, Tunnel.L2TP, Layer.PPP) : NONE;
  }

  /** GRE in UDP (RFC 8086), version 0. */
  private static int gre(Walk w, int at, int length, int end) {
    int flags = w.buffer.getUnsignedShort(at);
    int type = (flags & GRE_NOT_ALLOWED) == 0 ? w.buffer.getUnsignedShort(at + 2) : 0;
    return into(w, type, at + GreHeader.length(flags), at + length, end, Tunnel.GRE);
  }
}
