// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.TcpHeader;

/** Gives TCP flows with payload a {@link TcpInspection} and feeds it. */
final class TcpInspector {
  private final FlowState state;
  private final Pool<StreamReaders> readers;
  private final Pool<TcpInspection> pool;

  TcpInspector(FlowState state, InspectionContext context, FlowWatches watches) {
    this.state = state;
    int maxReaders = state.settings().maxInspected();
    readers = new Pool<>(maxReaders, () -> new StreamReaders(state, context));
    pool =
        new Pool<>(
            maxReaders + state.settings().maxWatched(), () -> new TcpInspection(context, watches));
  }

  void inspect(int entry, Packet packet, boolean forward) {
    int index = state.inspection(entry);
    if (index < 0) {
      if (packet.payloadLength() == 0) {
        return;
      }
      learnClient(entry, packet, forward);
      index = begin(entry);
      if (index < 0) {
        return;
      }
    }
    TcpInspection inspection = pool.get(index);
    inspection.packet(packet, forward);
    if (inspection.readersDone()) {
      giveReaders(inspection);
    }
    if (inspection.finished()) {
      release(entry, index);
    }
  }

  /** Reads the state of a connection ahead. */
  long touch(int inspection) {
    return pool.get(inspection).touch();
  }

  /** A hello tells who is the client where no SYN was seen and ports do not. */
  private void learnClient(int entry, Packet packet, boolean forward) {
    int length = packet.capturedPayloadLength();
    if (FirstBytes.clientHello(packet.buffer(), packet.payloadOffset(), length)) {
      state.learnClient(entry, forward);
    } else if (FirstBytes.serverHello(packet.buffer(), packet.payloadOffset(), length)) {
      state.learnClient(entry, !forward);
    }
  }

  /** Whether a SYN repeats the one that began a flow that is being looked into (RFC 7413). */
  boolean repeatsStart(int entry, Packet packet) {
    int index = state.inspection(entry);
    return index >= 0
        && pool.get(index).startsAt(packet.tcpSequence() + 1 & TcpHeader.SEQUENCE_MASK);
  }

  private int begin(int entry) {
    state.setFlag(entry, FlowLayout.PAYLOAD);
    long sequences = state.takeSequences(entry);
    int readersIndex = readers.take();
    if (readersIndex < 0) {
      state.counters().uninspected++;
      state.decide(entry);
      state.stopInspecting(entry);
      return -1;
    }
    long key = state.key(entry);
    boolean clientIsA = (key & FlowLayout.CLIENT_A) != 0;
    if ((key & (FlowLayout.SYN | FlowLayout.SYN_ACK)) == 0) {
      state.counters().midstream++;
      state.addEvidence(entry, Evidence.MIDSTREAM.bit());
    }
    long ofA = FlowLayout.upper(sequences);
    long ofB = FlowLayout.lower(sequences);
    int index = pool.take(); // there are as many as readers and watches together
    TcpInspection inspection = pool.get(index);
    inspection.begin(entry, clientIsA, readers.get(readersIndex), readersIndex);
    if ((key & FlowLayout.CLIENT_SEQUENCE) != 0) {
      inspection.startClientAt((clientIsA ? ofA : ofB) + 1 & TcpHeader.SEQUENCE_MASK);
    }
    if ((key & FlowLayout.SYN_ACK) != 0) {
      inspection.startServerAt((clientIsA ? ofB : ofA) + 1 & TcpHeader.SEQUENCE_MASK);
    }
    state.setInspection(entry, index);
    return index;
  }

  private void giveReaders(TcpInspection inspection) {
    int index = inspection.takeReaders();
    if (index >= 0) {
      readers.give(index);
    }
  }

  private void release(int entry, int index) {
    TcpInspection inspection = pool.get(index);
    giveReaders(inspection);
    inspection.reset();
    pool.give(index);
    state.setInspection(entry, -1);
    state.stopInspecting(entry);
  }

  void close(int entry) {
    int index = state.inspection(entry);
    if (index >= 0) {
      pool.get(index).end();
      release(entry, index);
    } else if ((state.key(entry) & FlowLayout.PAYLOAD) == 0) {
      state.takeSequences(entry);
      state.addEvidence(entry, Evidence.NO_PAYLOAD.bit());
      state.decide(entry);
    }
  }
}
