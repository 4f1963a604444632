// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.wire.TcpHeader;

/**
 * The IP packets of a TCP connection. Sequence numbers advance as packets are made, so that a test
 * may put them into a capture in another order, twice or not at all.
 */
final class Conversation {
  private static final byte[] NO_OPTIONS = {};

  private final Peer client;
  private final Peer server;
  private long clientNext = 0xffff_ff00L; // wraps around early
  private long serverNext = 77_000;

  Conversation(Peer client, Peer server) {
    this.client = client;
    this.server = server;
  }

  /** A connection over IPv4 from port 40000 of a client without a name. */
  static Conversation with(String server, int port) {
    return new Conversation(Peer.of("192.0.2.1", 40_000), Peer.of(server, port));
  }

  /** SYN, SYN-ACK and ACK. */
  List<byte[]> open() {
    return List.of(syn(), synAck(), client());
  }

  /** A SYN, with data when it is TCP Fast Open (RFC 7413). */
  byte[] syn(byte... payload) {
    return ofClient(TcpHeader.SYN, NO_OPTIONS, payload);
  }

  byte[] synAck() {
    return ofServer(TcpHeader.SYN | TcpHeader.ACK, NO_OPTIONS);
  }

  /** Payload from the client, or an ACK without it. */
  byte[] client(byte... payload) {
    return ofClient(TcpHeader.ACK, NO_OPTIONS, payload);
  }

  /** Payload from the server, or an ACK without it. */
  byte[] server(byte... payload) {
    return ofServer(TcpHeader.ACK, NO_OPTIONS, payload);
  }

  /** Payload from the client, cut at some places into segments. */
  List<byte[]> clientCut(byte[] payload, int... cuts) {
    List<byte[]> segments = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      segments.add(client(Arrays.copyOfRange(payload, from, cut)));
      from = cut;
    }
    segments.add(client(Arrays.copyOfRange(payload, from, payload.length)));
    return segments;
  }

  /** FINs of both sides and the last ACK. */
  List<byte[]> close() {
    int fin = TcpHeader.FIN | TcpHeader.ACK;
    return List.of(ofClient(fin, NO_OPTIONS), ofServer(fin, NO_OPTIONS), client());
  }

  /** Any segment of the client. */
  byte[] ofClient(int flags, byte[] options, byte... payload) {
    byte[] packet = IpPackets.tcp(client, server, flags, clientNext, serverNext, options, payload);
    clientNext += advance(flags, payload);
    return packet;
  }

  /** Any segment of the server. */
  byte[] ofServer(int flags, byte[] options, byte... payload) {
    byte[] packet = IpPackets.tcp(server, client, flags, serverNext, clientNext, options, payload);
    serverNext += advance(flags, payload);
    return packet;
  }

  private static int advance(int flags, byte... payload) {
    return payload.length + ((flags & (TcpHeader.SYN | TcpHeader.FIN)) != 0 ? 1 : 0);
  }
}
