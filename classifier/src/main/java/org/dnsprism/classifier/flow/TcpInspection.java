// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.tcp.StreamSink;
import org.dnsprism.classifier.tcp.TcpReassembler;
import org.dnsprism.classifier.tls.RecordSink;
import org.dnsprism.classifier.tls.RecordWalker;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.TcpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Both directions of one TCP connection while they are being looked into: put in order, then given
 * to the reader of the protocol that their first bytes show. Where that is TLS and the flow is
 * watched, its records are walked over until the connection ends. Pooled.
 */
final class TcpInspection {
  /** Most payload of both sides before the verdict must do with what was seen. */
  private static final long MAX_UNDECIDED_BYTES = 1 << 17;

  private final Side client;
  private final Side server;
  private final FlowWatches watches;
  private @Nullable StreamReaders readers;
  private int readersIndex;
  private @Nullable FlowWatch watch;
  private int watchIndex;
  private boolean watchRefused;
  private boolean tls;
  private int entry;
  private boolean clientIsA;
  private long clientStart;
  private long timeNanos;

  TcpInspection(InspectionContext context, FlowWatches watches) {
    this.watches = watches;
    client = new Side(true, context);
    server = new Side(false, context);
  }

  /**
   * Starts with a connection.
   *
   * @param isA whether the client is end A, as far as it is known; sides stay as they are here
   * @param lentReaders readers that are its own until {@link #readersDone}
   */
  void begin(int flowEntry, boolean isA, StreamReaders lentReaders, int lentIndex) {
    entry = flowEntry;
    clientIsA = isA;
    clientStart = -1;
    readers = lentReaders;
    readersIndex = lentIndex;
    watchIndex = -1;
    watchRefused = false;
    tls = false;
    client.begin();
    server.begin();
    lentReaders.begin(entry);
  }

  /** The client's first payload byte has this sequence number. */
  void startClientAt(long sequence) {
    clientStart = sequence;
    client.startAt(sequence);
    if (readers != null) {
      readers.clientStartKnown();
    }
  }

  /** The server's first payload byte has this sequence number. */
  void startServerAt(long sequence) {
    server.startAt(sequence);
    if (readers != null) {
      readers.serverStartKnown();
    }
  }

  /** Whether the client's first payload byte is known to have this sequence number. */
  boolean startsAt(long sequence) {
    return clientStart == sequence;
  }

  /** Reads both directions' state ahead; the value says nothing. */
  long touch() {
    return client.touch() + server.touch() + (watch == null ? 0 : watch.touch());
  }

  /** Takes a packet of the connection, with or without payload. */
  void packet(Packet packet, boolean forward) {
    boolean fromClient = forward == clientIsA;
    timeNanos = packet.timeNanos();
    Side own = fromClient ? client : server;
    if (packet.payloadLength() > 0) {
      boolean syn = (packet.tcpFlags() & TcpHeader.SYN) != 0;
      own.stream.segment(
          packet.tcpSequence() + (syn ? 1 : 0) & TcpHeader.SEQUENCE_MASK,
          packet.buffer(),
          packet.payloadOffset(),
          packet.capturedPayloadLength(),
          packet.payloadLength(),
          own);
    }
    if ((packet.tcpFlags() & TcpHeader.ACK) != 0) {
      Side other = fromClient ? server : client;
      other.stream.acknowledged(packet.tcpAcknowledgment(), other);
    }
    if (readers != null
        && !readers.finished()
        && !readers.endless()
        && client.stream.deliveredBytes() + server.stream.deliveredBytes() > MAX_UNDECIDED_BYTES) {
      readers.end(timeNanos);
    }
  }

  /** Whether the protocol's readers can learn no more and may be given back. */
  boolean readersDone() {
    return readers != null && readers.finished();
  }

  /** Takes the readers back: their index, or -1 when there are none. */
  int takeReaders() {
    if (readers == null) {
      return -1;
    }
    readers.reset();
    readers = null;
    return readersIndex;
  }

  /** Whether nothing more can be learned. */
  boolean finished() {
    return readers == null && !watching();
  }

  /** The connection is over: what waits behind holes is read, and the verdict made. */
  void end() {
    client.stream.flush(client);
    server.stream.flush(server);
    if (readers != null) {
      readers.end(timeNanos);
    }
  }

  /** Gives back what it held but the readers. */
  void reset() {
    client.stream.reset();
    server.stream.reset();
    if (watch != null) {
      watch.finish();
      watches.give(watchIndex);
      watch = null;
    }
  }

  private boolean watching() {
    FlowWatch current = watch();
    return current != null
        && current.wantsMore()
        && !(client.records.lost() && server.records.lost());
  }

  /** The flow's watch, taken as soon as the verdict says that the flow is to have one. */
  private @Nullable FlowWatch watch() {
    if (watch == null && tls && !watchRefused && watches.wants(entry)) {
      watchIndex = watches.take(entry);
      watchRefused = watchIndex < 0;
      watch = watches.get(watchIndex);
    }
    return watch;
  }

  /** One direction: its bytes in order, and the records in them. */
  private final class Side implements StreamSink, RecordSink {
    private final boolean fromClient;
    private final TcpReassembler stream;
    private final RecordWalker records = new RecordWalker();
    private boolean unwalked;

    Side(boolean fromClient, InspectionContext context) {
      this.fromClient = fromClient;
      stream = new TcpReassembler(context.memory, context.tcp);
    }

    long touch() {
      return stream.deliveredBytes() + (records.lost() ? 1 : 0);
    }

    void begin() {
      unwalked = false;
      records.reset(false);
    }

    void startAt(long sequence) {
      stream.startAt(sequence);
      records.reset(true);
    }

    @Override
    public void onBytes(ByteBuf buffer, int offset, int length) {
      if (readers != null) {
        readers.bytes(fromClient, buffer, offset, length, timeNanos);
        tls |= readers.readsTls();
      }
      if (!tls) {
        unwalked = true;
        return;
      }
      if (unwalked) {
        unwalked = false;
        records.reset(false); // bytes went by before they were known for TLS
      }
      records.bytes(buffer, offset, length, this);
    }

    @Override
    public void onGap(long length) {
      if (readers != null) {
        readers.gap(fromClient, length, timeNanos);
      }
      records.gap(length, this);
    }

    @Override
    public void onRestart() {
      if (readers != null) {
        readers.restart(fromClient);
      }
      records.reset(false);
    }

    @Override
    public void onRecord(int type, int length) {
      FlowWatch current = watch();
      if (current != null) {
        current.onRecord(timeNanos, fromClient, type, length);
      }
    }

    @Override
    public void onLoss() {
      FlowWatch current = watch();
      if (current != null) {
        current.onLoss(timeNanos, fromClient);
      }
    }
  }
}
