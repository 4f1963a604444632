// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import io.netty.buffer.ByteBuf;

/**
 * Finds the TCP segment or UDP datagram in a frame: through link headers, VLAN tags, MPLS, PPPoE
 * and tunnels to the innermost five-tuple, putting IP fragments together on the way. It keeps the
 * fragments that wait, and nothing else. Never throws on any bytes. Not thread-safe.
 */
public final class PacketDecoder {
  /** Headers that are followed in one frame. */
  private static final int MAX_LAYERS = 24;

  private final Walk walk = new Walk();
  private final Defragmenter defragmenter = new Defragmenter();

  /** Makes a decoder that holds no fragments. */
  public PacketDecoder() {}

  /**
   * Decodes a frame.
   *
   * @param buffer holds the frame
   * @param offset index of its first byte
   * @param capturedLength bytes in the buffer
   * @param wireLength bytes on the wire
   * @param timeNanos time stamp in nanoseconds since 1970
   * @param linkType LINKTYPE number
   * @param vlanTag tag that the capture took out of the frame, or -1
   * @param packet filled when the status is {@link DecodeStatus#TRANSPORT}
   * @return what became of the frame
   */
  public DecodeStatus decode(
      ByteBuf buffer,
      int offset,
      int capturedLength,
      int wireLength,
      long timeNanos,
      int linkType,
      int vlanTag,
      Packet packet) {
    Walk w = walk;
    w.start(buffer, offset, capturedLength, wireLength, timeNanos);
    if (vlanTag >= 0) {
      w.addVlan(vlanTag);
    }
    int layer = LinkLayers.first(linkType);
    for (int depth = 0; layer >= 0; depth++) {
      if (depth == MAX_LAYERS) {
        return DecodeStatus.TOO_DEEP;
      }
      layer = step(w, layer, packet);
    }
    DecodeStatus status = Layer.status(layer);
    if (status == DecodeStatus.TRANSPORT) {
      packet.timeNanos = timeNanos;
      packet.wireLength = wireLength;
    }
    return status;
  }

  private int step(Walk w, int layer, Packet packet) {
    return switch (layer) {
      case Layer.ETHERNET -> LinkLayers.ethernet(w);
      case Layer.ETHER_TYPE -> LinkLayers.etherType(w);
      case Layer.IP -> NetworkLayers.ip(w);
      case Layer.IPV4 -> NetworkLayers.ipv4(w, defragmenter);
      case Layer.IPV6 -> NetworkLayers.ipv6(w, defragmenter);
      case Layer.IP_PROTOCOL -> TransportLayers.protocol(w, packet);
      default -> LinkLayers.rare(w, layer);
    };
  }

  /** The caller is done with all packets so far: buffers of whole datagrams are used again. */
  public void release() {
    defragmenter.release();
  }

  /** No frame will follow: fragments that still wait for others are counted as lost. */
  public void finish() {
    defragmenter.finish();
  }

  /** Fragments whose datagram was never whole: timed out, evicted, overlapping or impossible. */
  public long lostFragments() {
    return defragmenter.lost();
  }

  /** Datagrams that were put together. */
  public long reassembledDatagrams() {
    return defragmenter.reassembled();
  }
}
