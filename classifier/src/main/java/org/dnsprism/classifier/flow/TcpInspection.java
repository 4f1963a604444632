// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.tcp.StreamSink;
import org.dnsprism.classifier.tcp.TcpReassembler;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.TcpHeader;

/**
 * Both directions of one TCP connection while they are being looked into: put in order, then given
 * to the reader of the protocol that their first bytes show. Pooled.
 */
final class TcpInspection {
  /** Most payload of both sides before the verdict must do with what was seen. */
  private static final long MAX_UNDECIDED_BYTES = 1 << 17;

  private final TcpReassembler client;
  private final TcpReassembler server;
  private final StreamSink clientSink = new Side(true);
  private final StreamSink serverSink = new Side(false);
  private final StreamReaders readers;

  private int entry;
  private long timeNanos;

  TcpInspection(FlowState state, InspectionContext context) {
    client = new TcpReassembler(context.memory, context.tcp);
    server = new TcpReassembler(context.memory, context.tcp);
    readers = new StreamReaders(state, context);
  }

  void begin(int flowEntry) {
    entry = flowEntry;
    readers.begin(entry);
  }

  /** The client's first payload byte has this sequence number. */
  void startClientAt(long sequence) {
    client.startAt(sequence);
    readers.clientStartKnown();
  }

  /** The server's first payload byte has this sequence number. */
  void startServerAt(long sequence) {
    server.startAt(sequence);
    readers.serverStartKnown();
  }

  /** Takes a packet of the connection, with or without payload. */
  void packet(Packet packet, boolean fromClient) {
    timeNanos = packet.timeNanos();
    TcpReassembler own = fromClient ? client : server;
    StreamSink sink = fromClient ? clientSink : serverSink;
    if (packet.payloadLength() > 0) {
      boolean syn = (packet.tcpFlags() & TcpHeader.SYN) != 0;
      own.segment(
          packet.tcpSequence() + (syn ? 1 : 0) & TcpHeader.SEQUENCE_MASK,
          packet.buffer(),
          packet.payloadOffset(),
          packet.capturedPayloadLength(),
          packet.payloadLength(),
          sink);
    }
    if ((packet.tcpFlags() & TcpHeader.ACK) != 0) {
      TcpReassembler other = fromClient ? server : client;
      other.acknowledged(packet.tcpAcknowledgment(), fromClient ? serverSink : clientSink);
    }
    if (!readers.finished()
        && !readers.endless()
        && client.deliveredBytes() + server.deliveredBytes() > MAX_UNDECIDED_BYTES) {
      readers.end(timeNanos);
    }
  }

  /** Whether nothing more can be learned. */
  boolean finished() {
    return readers.finished();
  }

  /** The connection is over: what waits behind holes is read, and the verdict made. */
  void end() {
    client.flush(clientSink);
    server.flush(serverSink);
    readers.end(timeNanos);
  }

  void reset() {
    client.reset();
    server.reset();
    readers.reset();
  }

  /** One direction's bytes in order. */
  private final class Side implements StreamSink {
    private final boolean fromClient;

    Side(boolean fromClient) {
      this.fromClient = fromClient;
    }

    @Override
    public void onBytes(ByteBuf buffer, int offset, int length) {
      readers.bytes(fromClient, buffer, offset, length, timeNanos);
    }

    @Override
    public void onGap(long length) {
      readers.gap(fromClient, length, timeNanos);
    }

    @Override
    public void onRestart() {
      readers.restart(fromClient);
    }
  }
}
