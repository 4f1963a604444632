// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.quic.QuicFlow;
import org.dnsprism.classifier.quic.QuicStatus;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.wire.Packet;

/** Reads the start of QUIC connections until the ClientHello is known. */
final class QuicInspector {
  private static final int LONG_HEADER = 0x80;
  private static final int MIN_LONG_HEADER_BYTES = 7;

  /** Datagrams of a connection that may pass before the verdict must do with what was seen. */
  private static final int MAX_DATAGRAMS = 32;

  private final FlowState state;
  private final InspectionContext context;
  private final Pool<QuicInspection> pool;

  /** One connection at its start. */
  private static final class QuicInspection {
    private final QuicFlow flow;
    private int datagrams;

    QuicInspection(InspectionContext context) {
      flow = new QuicFlow(context.crypto, context.memory);
    }
  }

  QuicInspector(FlowState state, InspectionContext context) {
    this.state = state;
    this.context = context;
    pool = new Pool<>(state.settings().maxInspected(), () -> new QuicInspection(context));
  }

  /** Whether the datagram may be the first of a QUIC connection that is seen. */
  boolean begins(Packet packet) {
    return packet.capturedPayloadLength() >= MIN_LONG_HEADER_BYTES
        && ((packet.buffer().getUnsignedByte(packet.payloadOffset()) & LONG_HEADER) != 0
            || onWebPort(packet.destinationPort())
            || onWebPort(packet.sourcePort()));
  }

  /** Google QUIC has no long header, but stays on the ports of the web. */
  private static boolean onWebPort(int port) {
    return port == 443 || port == 80;
  }

  void inspect(int entry, Packet packet, boolean forward) {
    int index = state.inspection(entry);
    if (index < 0) {
      index = pool.take();
      if (index < 0) {
        state.counters().uninspected++;
        state.decide(entry);
        state.stopInspecting(entry);
        return;
      }
      pool.get(index).flow.reset();
      pool.get(index).datagrams = 0;
      state.setInspection(entry, index);
    }
    feed(entry, pool.get(index), packet, forward);
  }

  private void feed(int entry, QuicInspection inspection, Packet packet, boolean forward) {
    boolean fromClient = state.fromClient(entry, forward);
    QuicFlow flow = inspection.flow;
    QuicStatus before = flow.status();
    QuicStatus status =
        fromClient
            ? flow.onClientDatagram(
                packet.buffer(),
                packet.payloadOffset(),
                packet.capturedPayloadLength(),
                packet.timeNanos())
            : flow.onServerDatagram(
                packet.buffer(),
                packet.payloadOffset(),
                packet.capturedPayloadLength(),
                packet.timeNanos());
    inspection.datagrams++;
    if (status != before) {
      note(entry, flow, status);
    }
    noteTimes(entry, packet, fromClient);
    boolean answered = status == QuicStatus.CLIENT_HELLO && !fromClient;
    if (status == QuicStatus.NOT_QUIC) {
      release(entry); // what follows may still show what it is
    } else if (answered || status == QuicStatus.GQUIC || inspection.datagrams >= MAX_DATAGRAMS) {
      close(entry);
    }
  }

  private void note(int entry, QuicFlow flow, QuicStatus status) {
    switch (status) {
      case GQUIC -> state.addEvidence(entry, Evidence.GQUIC.bit());
      case HEADER -> state.addEvidence(entry, Evidence.QUIC.bit());
      case INITIAL -> state.addEvidence(entry, Evidence.QUIC.bit() | Evidence.QUIC_INITIAL.bit());
      case PARTIAL_CLIENT_HELLO, CLIENT_HELLO -> noteHello(entry, flow);
      case UNDECIDED -> {
        return;
      }
      case NOT_QUIC -> state.addEvidence(entry, Evidence.NOT_DNS.bit());
    }
    FlowDetails details = state.detailsOf(entry);
    if (details != null) {
      details.quicVersion = flow.version();
    }
    state.decide(entry);
  }

  private void noteHello(int entry, QuicFlow flow) {
    FlowDetails details = state.detailsOf(entry);
    if (details != null) {
      HandshakeNotes.keep(flow.hello(), true, context.ja4, details);
    }
    long bits = Evidence.QUIC.bit() | HandshakeNotes.evidence(flow.hello());
    state.addEvidence(entry, flow.authenticated() ? bits | Evidence.QUIC_INITIAL.bit() : bits);
    state.learnClient(entry, (state.key(entry) & FlowLayout.CLIENT_A) != 0);
  }

  /** The handshake time of QUIC: from the client's first datagram to the server's first one. */
  private void noteTimes(int entry, Packet packet, boolean fromClient) {
    FlowDetails details = state.detailsOrNull(entry);
    if (details == null) {
      return;
    }
    if (fromClient && details.helloNanos < 0) {
      details.helloNanos = packet.timeNanos();
    } else if (!fromClient && details.helloNanos >= 0 && details.handshakeNanos < 0) {
      details.handshakeNanos = Math.max(0, packet.timeNanos() - details.helloNanos);
    }
  }

  /** The verdict must do with what was seen. */
  void close(int entry) {
    release(entry);
    state.stopInspecting(entry);
  }

  /** Ends the reading of the flow as QUIC. */
  void release(int entry) {
    int index = state.inspection(entry);
    QuicFlow flow = pool.get(index).flow;
    QuicStatus before = flow.status();
    if (flow.finish() != before) {
      note(entry, flow, flow.status());
    }
    flow.reset();
    pool.give(index);
    state.setInspection(entry, -1);
    state.decide(entry);
  }
}
