// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/** IPv4 and IPv6 with its extension headers; fragments go through the {@link Defragmenter}. */
final class NetworkLayers {
  private static final int EXTENSION_LENGTH = 8;
  private static final int MAX_EXTENSIONS = 16;

  private NetworkLayers() {}

  /** IP of the version that its first four bits say. */
  static int ip(Walk w) {
    if (!w.has(1)) {
      return w.missing(1);
    }
    return switch (w.u8(0) >>> 4) {
      case 4 -> Layer.IPV4;
      case 6 -> Layer.IPV6;
      default -> Layer.end(DecodeStatus.MALFORMED);
    };
  }

  static int ipv4(Walk w, Defragmenter defragmenter) {
    if (!w.has(Ipv4Header.LENGTH)) {
      return w.missing(Ipv4Header.LENGTH);
    }
    int at = w.position;
    int headerLength = Ipv4Header.headerLength(w.buffer, at);
    int totalLength = Ipv4Header.totalLength(w.buffer, at);
    if (Ipv4Header.version(w.buffer, at) != 4
        || headerLength < Ipv4Header.LENGTH
        || (totalLength != 0 && totalLength < headerLength)) {
      return Layer.end(DecodeStatus.MALFORMED);
    }
    if (!w.has(headerLength)) {
      return w.missing(headerLength);
    }
    if (totalLength != 0) {
      w.declare(totalLength);
    }
    w.ipVersion = 4;
    w.identification = Ipv4Header.identification(w.buffer, at);
    w.sourceHigh = 0;
    w.sourceLow = Ipv4Header.source(w.buffer, at);
    w.destinationHigh = 0;
    w.destinationLow = Ipv4Header.destination(w.buffer, at);
    w.ipProtocol = Ipv4Header.protocol(w.buffer, at);
    w.position = at + headerLength;
    if (Ipv4Header.fragment(w.buffer, at)) {
      return defragmenter.add(
          w,
          w.identification,
          Ipv4Header.fragmentOffset(w.buffer, at),
          Ipv4Header.moreFragments(w.buffer, at));
    }
    return Layer.IP_PROTOCOL;
  }

  static int ipv6(Walk w, Defragmenter defragmenter) {
    if (!w.has(Ipv6Header.LENGTH)) {
      return w.missing(Ipv6Header.LENGTH);
    }
    int at = w.position;
    if (w.u8(0) >>> 4 != 6) {
      return Layer.end(DecodeStatus.MALFORMED);
    }
    int payloadLength = Ipv6Header.payloadLength(w.buffer, at);
    if (payloadLength != 0) {
      w.declare(Ipv6Header.LENGTH + payloadLength);
    }
    w.ipVersion = 6;
    w.identification = 0;
    w.sourceHigh = Ipv6Header.sourceHigh(w.buffer, at);
    w.sourceLow = Ipv6Header.sourceLow(w.buffer, at);
    w.destinationHigh = Ipv6Header.destinationHigh(w.buffer, at);
    w.destinationLow = Ipv6Header.destinationLow(w.buffer, at);
    w.ipProtocol = Ipv6Header.nextHeader(w.buffer, at);
    w.position = at + Ipv6Header.LENGTH;
    return extensions(w, defragmenter);
  }

  /** Walks over extension headers (RFC 8200, section 4) to what they wrap. */
  private static int extensions(Walk w, Defragmenter defragmenter) {
    for (int i = 0; i < MAX_EXTENSIONS; i++) {
      switch (w.ipProtocol) {
        case IpProtocol.HOP_BY_HOP,
            IpProtocol.ROUTING,
            IpProtocol.DESTINATION_OPTIONS,
            IpProtocol.MOBILITY,
            IpProtocol.HIP,
            IpProtocol.SHIM6,
            IpProtocol.AUTHENTICATION -> {
          if (!w.has(EXTENSION_LENGTH)) {
            return w.missing(EXTENSION_LENGTH);
          }
          int length = extensionLength(w);
          if (!w.has(length)) {
            return w.missing(length);
          }
          w.ipProtocol = w.u8(0);
          w.position += length;
        }
        case IpProtocol.FRAGMENT -> {
          int layer = fragment(w, defragmenter);
          if (layer != Layer.IPV6) {
            return layer;
          }
        }
        default -> {
          return Layer.IP_PROTOCOL;
        }
      }
    }
    return Layer.end(DecodeStatus.TOO_DEEP);
  }

  /** In words of eight bytes less one, but in the authentication header of four bytes less two. */
  private static int extensionLength(Walk w) {
    return w.ipProtocol == IpProtocol.AUTHENTICATION ? (w.u8(1) + 2) << 2 : (w.u8(1) + 1) << 3;
  }

  /** The fragment header: next 1, reserved 1, offset and more-flag 2, identification 4. */
  private static int fragment(Walk w, Defragmenter defragmenter) {
    if (!w.has(EXTENSION_LENGTH)) {
      return w.missing(EXTENSION_LENGTH);
    }
    int offsetField = w.u16(2);
    int identification = w.i32(4);
    w.ipProtocol = w.u8(0);
    w.position += EXTENSION_LENGTH;
    boolean more = (offsetField & 1) != 0;
    int offset = offsetField & ~7;
    if (!more && offset == 0) {
      return Layer.IPV6; // an atomic fragment (RFC 6946) is a whole packet
    }
    w.identification = identification;
    int layer = defragmenter.add(w, identification, offset, more);
    return layer == Layer.IP_PROTOCOL ? Layer.IPV6 : layer;
  }
}
