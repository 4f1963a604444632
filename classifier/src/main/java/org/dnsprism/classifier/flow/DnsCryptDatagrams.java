// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.dns.DnsCrypt;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.wire.Packet;

/** DNSCrypt over UDP, one message to a datagram. */
final class DnsCryptDatagrams {
  /** All evidence of DNSCrypt messages. */
  static final long SEEN =
      Evidence.DNSCRYPT.bit() | Evidence.DNSCRYPT_RELAY.bit() | Evidence.DNSCRYPT_MAGIC.bit();

  /** Most queries of a flow that wait for what shows that they are DNSCrypt's. */
  private static final int MAX_HELD = 64;

  private final FlowState state;

  DnsCryptDatagrams(FlowState state) {
    this.state = state;
  }

  /** Whether a datagram is DNSCrypt's; it is counted then. */
  boolean read(int entry, Packet packet, boolean forward) {
    ByteBuf buffer = packet.buffer();
    int offset = packet.payloadOffset();
    int length = packet.capturedPayloadLength();
    if (DnsCrypt.response(buffer, offset, length)) {
      answer(entry, forward);
    } else if ((state.evidence(entry) & SEEN) != 0) {
      state.countOpaque(entry, state.fromClient(entry, forward));
    } else if (DnsCrypt.relayed(buffer, offset, length)) {
      state.learnClient(entry, forward);
      noteRelay(state, entry, buffer, offset);
      state.countOpaque(entry, true);
    } else {
      return false;
    }
    return true;
  }

  /** The first answer shows what the flow is: the queries before it are counted with it. */
  private void answer(int entry, boolean forward) {
    long before = state.evidence(entry);
    if (!Evidence.DNSCRYPT.in(before)) {
      state.learnClient(entry, !forward);
      state.addEvidence(entry, Evidence.DNSCRYPT.bit());
      state.decide(entry);
      if ((before & SEEN) == 0 && !state.oneWay(entry) && tellHeld(state, entry) == 0) {
        state.countOpaque(entry, true);
      }
    }
    state.countOpaque(entry, false);
  }

  /**
   * Whether a datagram of the client has the length of a query, and begins as all before it did: a
   * certificate may show that it is one. It waits to be counted.
   */
  boolean hold(int entry, Packet packet, boolean forward) {
    return state.fromClient(entry, forward)
        && DnsCrypt.queryLength(packet.payloadLength())
        && packet.capturedPayloadLength() >= Long.BYTES
        && hold(state, entry, packet.buffer().getLong(packet.payloadOffset()));
  }

  /** Holds a query that begins with these bytes; false if it cannot be one, or too many wait. */
  static boolean hold(FlowState state, int entry, long magic) {
    FlowDetails details = state.detailsOf(entry);
    if (details == null || magic == 0) {
      return false;
    }
    boolean first = details.clientMagic == 0;
    if ((!first && details.clientMagic != magic) || details.heldQueries >= MAX_HELD) {
      return false;
    }
    details.clientMagic = magic;
    details.heldQueries++;
    if (first) {
      state.decide(entry);
    }
    return true;
  }

  /** Counts the queries that waited, now that they are known for such, and says how many. */
  static int tellHeld(FlowState state, int entry) {
    FlowDetails details = state.detailsOrNull(entry);
    if (details == null) {
      return 0;
    }
    int count = details.heldQueries;
    details.heldQueries = 0;
    for (int i = 0; i < count; i++) {
      state.countOpaque(entry, true);
    }
    return count;
  }

  /** The flow is not DNSCrypt, or nothing will show it. */
  void forget(int entry) {
    FlowDetails details = state.detailsOrNull(entry);
    if (details != null) {
      details.clientMagic = 0;
      details.heldQueries = 0;
    }
  }

  /** Notes for whom a message to a relay is. */
  static void noteRelay(FlowState state, int entry, ByteBuf buffer, int offset) {
    FlowDetails details = state.detailsOf(entry);
    if (details != null) {
      details.relayedHigh = DnsCrypt.relayedHigh(buffer, offset);
      details.relayedLow = DnsCrypt.relayedLow(buffer, offset);
    }
    state.addEvidence(entry, Evidence.DNSCRYPT_RELAY.bit());
    state.decide(entry);
  }
}
