// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.quic.ApplicationPackets;
import org.dnsprism.classifier.quic.QuicFlow;
import org.dnsprism.classifier.quic.QuicRestart;
import org.dnsprism.classifier.quic.QuicStatus;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Packet;

/**
 * Reads the start of QUIC connections until the ClientHello is known, and watches those that are to
 * be watched until they end.
 */
final class QuicInspector {
  private static final int LONG_HEADER = 0x80;
  private static final int MIN_LONG_HEADER_BYTES = 7;

  private final FlowState state;
  private final InspectionContext context;
  private final FlowWatches watches;
  private final Pool<QuicFlow> flows;
  private final Pool<QuicInspection> pool;
  private final QuicRestart restart;

  /** One connection: at its start with a reader, and with a watch if it is watched. */
  private static final class QuicInspection {
    private final ApplicationPackets packets = new ApplicationPackets();
    private int flow;
    private int watch;
    private boolean watchRefused;

    void begin(int flowIndex) {
      packets.reset();
      flow = flowIndex;
      watch = -1;
      watchRefused = false;
    }
  }

  QuicInspector(FlowState state, InspectionContext context, FlowWatches watches) {
    this.state = state;
    this.context = context;
    this.watches = watches;
    int maxFlows = state.settings().maxInspected();
    flows = new Pool<>(maxFlows, () -> new QuicFlow(context.crypto, context.memory));
    pool = new Pool<>(maxFlows + state.settings().maxWatched(), QuicInspection::new);
    restart = new QuicRestart(context.crypto);
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
      int flow = flows.take();
      if (flow < 0) {
        state.counters().uninspected++;
        state.decide(entry);
        state.stopInspecting(entry);
        return;
      }
      flows.get(flow).reset();
      index = pool.take(); // there are as many as flows and watches together
      pool.get(index).begin(flow);
      state.setInspection(entry, index);
    }
    QuicInspection inspection = pool.get(index);
    if (inspection.flow >= 0) {
      feed(entry, inspection, packet, forward);
    }
    if (state.inspection(entry) >= 0) {
      watch(entry, inspection, packet, state.fromClient(entry, forward));
    }
  }

  /** Reads the start of the connection; at its end the inspection stays for the watch alone. */
  private void feed(int entry, QuicInspection inspection, Packet packet, boolean forward) {
    QuicFlow flow = flows.get(inspection.flow);
    boolean reversedBefore = flow.reversed();
    QuicStatus before = flow.status();
    QuicStatus status = read(flow, packet, state.fromClient(entry, forward));
    if (flow.reversed() && !reversedBefore) {
      state.learnClient(entry, forward);
      forgetTimes(entry);
    }
    if (status != before) {
      note(entry, flow, status);
    }
    noteTimes(entry, packet, state.fromClient(entry, forward));
    if (status == QuicStatus.NOT_QUIC) {
      release(entry); // what follows may still show what it is
    } else if (flow.over()) {
      finishFlow(entry, inspection);
    }
  }

  private static QuicStatus read(QuicFlow flow, Packet packet, boolean fromClient) {
    ByteBuf buffer = packet.buffer();
    int offset = packet.payloadOffset();
    int length = packet.capturedPayloadLength();
    return fromClient
        ? flow.onClientDatagram(buffer, offset, length, packet.timeNanos())
        : flow.onServerDatagram(buffer, offset, length, packet.timeNanos());
  }

  /**
   * Whether the datagram opens another connection on the ports of one that was read: an Initial to
   * an identifier that neither side has used so far, and that its keys come from.
   */
  boolean opensAnother(int entry, Packet packet, boolean forward) {
    if (!state.fromClient(entry, forward)
        || !QuicRestart.possible(
            packet.buffer(), packet.payloadOffset(), packet.capturedPayloadLength())) {
      return false;
    }
    FlowDetails details = state.detailsOrNull(entry);
    KnownConnections known = details == null ? null : details.connections;
    if (known == null || known.isEmpty() || beingRead(entry)) {
      return false;
    }
    long connection =
        restart.connection(packet.buffer(), packet.payloadOffset(), packet.capturedPayloadLength());
    if (connection == 0 || known.has(connection)) {
      return false;
    }
    known.add(connection);
    // A Retry whose server is not seen changes the identifier too, and puts a token there.
    boolean maybeRetried = restart.hasToken() && state.oneWay(entry);
    return !maybeRetried && restart.opens(packet.buffer(), packet.timeNanos());
  }

  private boolean beingRead(int entry) {
    int index = state.inspection(entry);
    return index >= 0 && pool.get(index).flow >= 0;
  }

  private void watch(int entry, QuicInspection inspection, Packet packet, boolean fromClient) {
    int length =
        inspection.packets.length(
            packet.buffer(),
            packet.payloadOffset(),
            packet.capturedPayloadLength(),
            packet.payloadLength(),
            fromClient);
    if (inspection.watch < 0 && !inspection.watchRefused && watches.wants(entry)) {
      inspection.watch = watches.take(entry);
      inspection.watchRefused = inspection.watch < 0;
    }
    FlowWatch watch = watches.get(inspection.watch);
    if (watch != null && length > 0) {
      watch.onPacket(packet.timeNanos(), fromClient, packet.payloadLength(), length);
    }
    if (inspection.flow < 0 && (watch == null || !watch.wantsMore())) {
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
    if (status != QuicStatus.NOT_QUIC) {
      keepConnection(entry, flow);
    }
    state.decide(entry);
    boolean awaitsHello = status == QuicStatus.HEADER || status == QuicStatus.INITIAL;
    if (awaitsHello && state.transport(entry) == Transport.OTHER) {
      state.clearFlag(entry, FlowLayout.DECIDED); // the hello may show what can be suspected
    }
  }

  private void keepConnection(int entry, QuicFlow flow) {
    FlowDetails details = state.detailsOf(entry);
    if (details != null) {
      details.quicVersion = flow.version();
      if (flow.authenticated()) {
        details.addConnection(flow.clientConnection());
        details.addConnection(flow.serverConnection());
      }
    }
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

  private void forgetTimes(int entry) {
    FlowDetails details = state.detailsOrNull(entry);
    if (details != null) {
      details.helloNanos = -1;
      details.handshakeNanos = -1;
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
    QuicInspection inspection = pool.get(index);
    finishFlow(entry, inspection);
    FlowWatch watch = watches.get(inspection.watch);
    if (watch != null) {
      watch.finish();
      watches.give(inspection.watch);
    }
    pool.give(index);
    state.setInspection(entry, -1);
  }

  /** Reads a hello that is half there as far as it goes, and gives the reader back. */
  private void finishFlow(int entry, QuicInspection inspection) {
    if (inspection.flow < 0) {
      return;
    }
    QuicFlow flow = flows.get(inspection.flow);
    QuicStatus before = flow.status();
    if (flow.finish() != before) {
      note(entry, flow, flow.status());
    } else if (flow.authenticated()) {
      keepConnection(entry, flow);
    }
    flow.reset();
    flows.give(inspection.flow);
    inspection.flow = -1;
    state.decide(entry);
  }
}
