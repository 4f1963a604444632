// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.wire.Packet;

/** Looks into the payload of flows whose verdict does not stand yet, or that carry readable DNS. */
final class Inspector {
  private final FlowState state;
  private final UdpInspector udp;
  private final TcpInspector tcp;

  Inspector(FlowState state, InspectionContext context) {
    this.state = state;
    FlowWatches watches = new FlowWatches(state);
    udp = new UdpInspector(state, context, watches);
    tcp = new TcpInspector(state, context, watches);
  }

  void inspect(int entry, Packet packet, boolean forward) {
    if (packet.protocol() == Packet.UDP) {
      udp.inspect(entry, packet, forward);
    } else {
      tcp.inspect(entry, packet, forward);
    }
  }

  /** Reads the first byte of a payload ahead. */
  long touch(Packet packet) {
    return packet.capturedPayloadLength() > 0 ? packet.buffer().getByte(packet.payloadOffset()) : 0;
  }

  /** Reads a payload ahead, and what is known of its flow. */
  long touch(int entry, Packet packet) {
    long sum = touch(packet);
    int inspection = state.inspection(entry);
    if (inspection < 0) {
      return sum;
    }
    return packet.protocol() == Packet.UDP ? sum : sum + tcp.touch(inspection);
  }

  /** Whether a SYN repeats the one that began a flow. */
  boolean repeatsStart(int entry, Packet packet) {
    return tcp.repeatsStart(entry, packet);
  }

  /** Whether the packet opens another connection on the addresses and ports of a flow. */
  boolean opensAnother(int entry, Packet packet, boolean forward) {
    return packet.protocol() == Packet.UDP && udp.opensAnother(entry, packet, forward);
  }

  /** No more payload will come: what was half read is read as far as it goes. */
  void close(int entry) {
    if (FlowLayout.protocol(state.key(entry)) == Packet.UDP) {
      udp.close(entry);
    } else {
      tcp.close(entry);
    }
  }
}
