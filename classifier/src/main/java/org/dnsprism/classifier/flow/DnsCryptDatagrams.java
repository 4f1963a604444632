// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.dns.DnsCrypt;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.wire.Packet;

/** DNSCrypt over UDP, one message to a datagram. */
final class DnsCryptDatagrams {
  /** All evidence of DNSCrypt messages. */
  static final long SEEN = Evidence.DNSCRYPT.bit() | Evidence.DNSCRYPT_RELAY.bit();

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

  /** The first answer shows what the flow is: the query before it is counted with it. */
  private void answer(int entry, boolean forward) {
    long before = state.evidence(entry);
    if (!Evidence.DNSCRYPT.in(before)) {
      state.learnClient(entry, !forward);
      state.addEvidence(entry, Evidence.DNSCRYPT.bit());
      state.decide(entry);
      if ((before & SEEN) == 0 && !state.oneWay(entry)) {
        state.countOpaque(entry, true);
      }
    }
    state.countOpaque(entry, false);
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
