// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.TcpHeader;

/** A TCP connection whose segments come in order; each packet is a millisecond after the last. */
final class Connection {
  private static final long STEP = 1_000_000;

  private final Peer client;
  private final Peer server;
  private long timeNanos;
  private long clientNext = 0xffff_fff0L; // wraps around early
  private long serverNext = 77_000;

  Connection(Peer client, Peer server, long timeNanos) {
    this.client = client;
    this.server = server;
    this.timeNanos = timeNanos;
  }

  Connection at(long nanos) {
    timeNanos = nanos;
    return this;
  }

  Packet syn() {
    return ofClient(TcpHeader.SYN);
  }

  Packet synAck() {
    return ofServer(TcpHeader.SYN | TcpHeader.ACK);
  }

  /** SYN, SYN-ACK and ACK. */
  Packet[] open() {
    return new Packet[] {syn(), synAck(), request()};
  }

  /** Payload from the client, or an ACK without it. */
  Packet request(byte... payload) {
    return ofClient(TcpHeader.ACK, payload);
  }

  /** Payload from the client of which only the beginning was captured. */
  Packet snapped(int captured, byte... payload) {
    Packet packet =
        Frames.tcp(
            client, server, captured, tick(), TcpHeader.ACK, clientNext, serverNext, payload);
    clientNext += payload.length;
    return packet;
  }

  /** Payload from the server, or an ACK without it. */
  Packet answer(byte... payload) {
    return ofServer(TcpHeader.ACK, payload);
  }

  Packet ofClient(int flags, byte... payload) {
    Packet packet = Frames.tcp(client, server, tick(), flags, clientNext, serverNext, payload);
    clientNext += advance(flags, payload);
    return packet;
  }

  Packet ofServer(int flags, byte... payload) {
    Packet packet = Frames.tcp(server, client, tick(), flags, serverNext, clientNext, payload);
    serverNext += advance(flags, payload);
    return packet;
  }

  /** FINs of both sides and the last ACK. */
  Packet[] shut() {
    int fin = TcpHeader.FIN | TcpHeader.ACK;
    return new Packet[] {ofClient(fin), ofServer(fin), request()};
  }

  private static int advance(int flags, byte[] payload) {
    return payload.length + ((flags & (TcpHeader.SYN | TcpHeader.FIN)) != 0 ? 1 : 0);
  }

  private long tick() {
    long now = timeNanos;
    timeNanos += STEP;
    return now;
  }
}
