// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.learned.LearnedEndpoint;
import org.dnsprism.classifier.tls.Ech;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Tunnel;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FlowListener} may read of a flow. The view is reused: it is valid only during the
 * call that hands it over. Addresses are IPv6 addresses as two big-endian halves, IPv4 v4-mapped.
 * Times are nanoseconds since 1970-01-01T00:00:00Z, sizes are bytes on the wire.
 */
public interface FlowView {
  /** Time of the first packet. */
  long startNanos();

  /** Time of the last packet so far. */
  long endNanos();

  /** 4 or 6. */
  int ipVersion();

  /** 6 for TCP, 17 for UDP. */
  int protocol();

  /** Upper half of the client's address. */
  long clientHigh();

  /** Lower half of the client's address. */
  long clientLow();

  /** The client's port. */
  int clientPort();

  /** Upper half of the server's address. */
  long serverHigh();

  /** Lower half of the server's address. */
  long serverLow();

  /** The server's port. */
  int serverPort();

  /** How many VLAN tags the first packet had, at most two. */
  int vlanCount();

  /** VLAN identifier; index 0 is the outermost. */
  int vlan(int index);

  /** Encapsulation of the first packet. */
  Tunnel tunnel();

  /** The verdict so far. */
  Transport transport();

  /** How sure the verdict is. */
  Confidence confidence();

  /** Bit set of {@link org.dnsprism.classifier.verdict.Evidence} ordinals. */
  long evidence();

  /** Index of the matched rule in the endpoint list, or -1. */
  int endpoint();

  /** Index of the operator in the endpoint list; 0 is unknown. */
  int operator();

  /** What was learned of the server from other traffic and is evidence here, or null. */
  @Nullable LearnedEndpoint learned();

  /** Side of the resolver on which a Do53 flow stands. */
  Role role();

  /** Server name of the ClientHello (lower case), or null. */
  @Nullable String sni();

  /** Protocol names of the ClientHello's ALPN extension in order, joined by commas, or null. */
  @Nullable String alpn();

  /** The score of a suspected flow and what made it, in words; null for other flows. */
  @Nullable String suspicion();

  /** Highest TLS version offered, such as 0x0304, or the one the server chose; 0 when unseen. */
  int tlsVersion();

  /** Whether a ClientHello was read, at least in part. */
  boolean clientHelloSeen();

  /** What the ClientHello shows of Encrypted ClientHello. */
  Ech ech();

  /** Whether the ClientHello has a post-quantum key share. */
  boolean postQuantum();

  /** JA4 fingerprint of the client, or null when no ClientHello was read whole; a new string. */
  @Nullable String ja4();

  /** Upper half of the address that a relay of DNSCrypt passes messages on to; 0 when unseen. */
  long relayedHigh();

  /** Lower half of that address; 0 when unseen. */
  long relayedLow();

  /** QUIC version of the first long header; 0 when not QUIC. */
  int quicVersion();

  /** Packets from the client over the flow's life. */
  long clientPackets();

  /** Packets from the server over the flow's life. */
  long serverPackets();

  /** Bytes from the client over the flow's life. */
  long clientBytes();

  /** Bytes from the server over the flow's life. */
  long serverBytes();

  /** Packets from the client since the last {@link FlowListener#onActivity}. */
  long newClientPackets();

  /** Packets from the server since the last {@link FlowListener#onActivity}. */
  long newServerPackets();

  /** Bytes from the client since the last {@link FlowListener#onActivity}. */
  long newClientBytes();

  /** Bytes from the server since the last {@link FlowListener#onActivity}. */
  long newServerBytes();

  /** Whether this activity is the one in which the flow is counted: its verdict now stands. */
  boolean newlyCounted();

  /** DNS queries seen over the flow's life, or estimated where they cannot be seen. */
  long queries();

  /** Whether the number of queries is an estimate. */
  boolean queriesEstimated();

  /** There were hardly fewer queries than this; the number of queries where they are counted. */
  long queriesLow();

  /** There were hardly more queries than this; the number of queries where they are counted. */
  long queriesHigh();

  /** Queries that repeat one whose answer over UDP was cut off shortly before. */
  long tcpRetries();

  /** DNS responses seen over the flow's life. */
  long responses();

  /** SYN to SYN-ACK, or first QUIC round trip, in nanoseconds; -1 when not seen. */
  long handshakeNanos();

  /** ClientHello to the server's first answer to it, in nanoseconds; -1 when not seen. */
  long tlsNanos();

  /** Whether the capture began in the middle of the connection. */
  boolean joinedMidstream();

  /** Whether packets of one direction only were seen. */
  boolean oneWay();
}
