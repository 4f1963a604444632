// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.TcpHeader;

/** Reads the segments that open TCP connections. */
final class SynReader {
  private final FlowState state;
  private final FlowTable table;

  SynReader(FlowState state, FlowTable table) {
    this.state = state;
    this.table = table;
  }

  /** Notes who opens a TCP connection, with which sequence numbers, and the handshake's time. */
  void note(int entry, Packet packet, boolean forward) {
    boolean answer = (packet.tcpFlags() & TcpHeader.ACK) != 0;
    state.learnClient(entry, answer != forward);
    state.setFlag(entry, answer ? FlowLayout.SYN_ACK : FlowLayout.SYN);
    keepSequences(entry, packet, forward, answer);
    if (answer && (state.key(entry) & FlowLayout.SYN) != 0) {
      FlowDetails d = state.detailsOf(entry);
      if (d != null && d.handshakeNanos < 0) {
        d.handshakeNanos =
            packet.timeNanos() - table.slab()[FlowTable.base(entry) + FlowLayout.FIRST];
      }
    }
  }

  /** Keeps the first sequence numbers where messages are counted later: no payload came yet. */
  private void keepSequences(int entry, Packet packet, boolean forward, boolean answer) {
    if ((state.key(entry) & FlowLayout.PAYLOAD) != 0) {
      return;
    }
    long own = packet.tcpSequence();
    long client = answer ? (packet.tcpAcknowledgment() - 1) & TcpHeader.SEQUENCE_MASK : own;
    boolean clientIsA = answer != forward;
    setHalf(entry, clientIsA, client);
    state.setFlag(entry, FlowLayout.CLIENT_SEQUENCE);
    if (answer) {
      setHalf(entry, !clientIsA, own);
    }
  }

  private void setHalf(int entry, boolean ofA, long value) {
    int at = FlowTable.base(entry) + FlowLayout.MESSAGES;
    long word = table.slab()[at];
    table.slab()[at] =
        ofA ? FlowLayout.lower(word) | (value << 32) : (word & 0xffff_ffff_0000_0000L) | value;
  }
}
