// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/** Links that few captures have: wireless, those behind a header of the capture, and old ones. */
final class SeldomLinks {
  private static final int FDDI_LENGTH = 13;
  private static final int FDDI_TYPE_MASK = 0x70;
  private static final int FDDI_LLC = 0x50;
  private static final int MAX_ADDRESS = 4;
  private static final int UNNUMBERED = 0x03;
  private static final int NLPID_PADDING = 0x00;
  private static final int NLPID_SNAP = 0x80;
  private static final int NLPID_IPV6 = 0x8e;
  private static final int NLPID_IPV4 = 0xcc;
  private static final int NLPID_PPP = 0xcf;
  private static final int SNAP_LENGTH = 5;
  private static final int ARCNET_ADDRESSES = 2;
  private static final int ARCNET_OFFSET_LENGTH = 2;
  private static final int ARCNET_SPLIT_LENGTH = 3;
  private static final int ARCNET_OLD_IP = 0xf0;
  private static final int ARCNET_IPV4 = 0xd4;
  private static final int ARCNET_IPV6 = 0xc4;
  private static final int FIREWIRE_LENGTH = 18;

  private SeldomLinks() {}

  static int enter(Walk w, int layer) {
    return switch (layer) {
      case Layer.IEEE80211 -> WirelessLayers.ieee80211(w);
      case Layer.RADIOTAP -> CaptureHeaders.radiotap(w);
      case Layer.PPI -> CaptureHeaders.ppi(w);
      case Layer.NFLOG -> CaptureHeaders.nflog(w);
      case Layer.PKTAP -> CaptureHeaders.pktap(w);
      case Layer.FDDI -> fddi(w);
      case Layer.FRAME_RELAY -> frameRelay(w);
      case Layer.ARCNET -> arcnet(w, ARCNET_ADDRESSES);
      case Layer.ARCNET_LINUX -> arcnet(w, ARCNET_ADDRESSES + ARCNET_OFFSET_LENGTH);
      case Layer.FIREWIRE -> firewire(w);
      default -> Layer.end(DecodeStatus.LINK_TYPE);
    };
  }

  /** FDDI (ISO 9314-2): frame control 1, destination 6, source 6, then LLC in data frames. */
  private static int fddi(Walk w) {
    if (!w.has(FDDI_LENGTH)) {
      return w.missing(FDDI_LENGTH);
    }
    return (w.u8(0) & FDDI_TYPE_MASK) == FDDI_LLC
        ? w.next(FDDI_LENGTH, Layer.LLC)
        : Layer.end(DecodeStatus.NOT_IP);
  }

  /** Frame relay: an address of two to four bytes, then RFC 2427 or, as Cisco has it, a type. */
  private static int frameRelay(Walk w) {
    int address = 1;
    do {
      address++;
      if (!w.has(address + 2)) {
        return w.missing(address + 2);
      }
    } while ((w.u8(address - 1) & 1) == 0 && address < MAX_ADDRESS);
    return w.u8(address) == UNNUMBERED
        ? multiprotocol(w, address + 1)
        : w.etherType(address + 2, w.u16(address));
  }

  /** Behind the control field (RFC 2427, section 3): padding or not, and the protocol. */
  private static int multiprotocol(Walk w, int offset) {
    int at = w.u8(offset) == NLPID_PADDING ? offset + 1 : offset;
    if (!w.has(at + 1)) {
      return w.missing(at + 1);
    }
    return switch (w.u8(at)) {
      case NLPID_IPV4 -> w.next(at + 1, Layer.IPV4);
      case NLPID_IPV6 -> w.next(at + 1, Layer.IPV6);
      case NLPID_PPP -> w.next(at + 1, Layer.PPP);
      case NLPID_SNAP -> {
        int length = at + 1 + SNAP_LENGTH;
        yield w.has(length) ? w.etherType(length, w.u16(length - 2)) : w.missing(length);
      }
      default -> Layer.end(DecodeStatus.NOT_IP);
    };
  }

  /**
   * ARCNET: source 1, destination 1, and as Linux captures it an offset 2; then the protocol, and
   * by RFC 1201, section 3, how a packet is split: flag 1, sequence 2. RFC 1051 knew no splitting.
   */
  private static int arcnet(Walk w, int addresses) {
    int behind = addresses + 1;
    if (!w.has(behind + ARCNET_SPLIT_LENGTH)) {
      return w.missing(behind + ARCNET_SPLIT_LENGTH);
    }
    int protocol = w.u8(addresses);
    if (protocol == ARCNET_OLD_IP) {
      return w.next(behind, Layer.IPV4);
    }
    if (protocol != ARCNET_IPV4 && protocol != ARCNET_IPV6) {
      return Layer.end(DecodeStatus.NOT_IP);
    }
    return w.u8(behind) == 0
        ? w.next(behind + ARCNET_SPLIT_LENGTH, protocol == ARCNET_IPV4 ? Layer.IPV4 : Layer.IPV6)
        : Layer.end(DecodeStatus.FRAGMENT);
  }

  /** IP over IEEE 1394 as Apple captures it: destination 8, source 8, type 2. */
  private static int firewire(Walk w) {
    return w.has(FIREWIRE_LENGTH)
        ? w.etherType(FIREWIRE_LENGTH, w.u16(FIREWIRE_LENGTH - 2))
        : w.missing(FIREWIRE_LENGTH);
  }
}
