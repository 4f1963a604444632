// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.nio.charset.StandardCharsets;
import org.dnsprism.classifier.behaviour.Suspicion;
import org.dnsprism.classifier.learned.LearnedEndpoint;
import org.dnsprism.classifier.tls.AlpnText;
import org.dnsprism.classifier.tls.ClientHello;
import org.dnsprism.classifier.tls.Ech;
import org.dnsprism.classifier.tls.Ja4;
import org.dnsprism.classifier.verdict.Evidence;
import org.jspecify.annotations.Nullable;

/** What is kept of a TLS or QUIC handshake for the rest of the flow's life; pooled. */
final class FlowDetails {
  /** Long enough for most names; what is longer makes room for itself. */
  private static final int FIRST_SNI_BYTES = 32;

  private static final int FIRST_ALPN_BYTES = 16;

  byte[] sni = new byte[FIRST_SNI_BYTES];
  int sniLength;
  byte[] alpn = new byte[FIRST_ALPN_BYTES];
  int alpnLength;
  int tlsVersion;
  boolean helloSeen;
  Ech ech = Ech.NONE;
  boolean postQuantum;
  final byte[] ja4 = new byte[Ja4.BYTES];
  boolean ja4Known;

  /** Rule of the endpoint list that names the server's certificate, or -1. */
  int certificateRule;

  /** Queries over TCP that may repeat one whose answer was cut off. */
  int openQuestions;

  /** Those of them that do. */
  int tcpRetries;

  /**
   * First bytes of queries that may be DNSCrypt's, or 0; and how many of them wait to be counted.
   */
  long clientMagic;

  int heldQueries;

  /** Where a relay of DNSCrypt passes messages on to; both 0 when it is no relay. */
  long relayedHigh;

  long relayedLow;

  int quicVersion;

  /** Null until the flow turns out to be QUIC. */
  @Nullable KnownConnections connections;

  long synNanos;
  long helloNanos;
  long handshakeNanos;
  long tlsNanos;

  /** Null until queries are estimated. */
  @Nullable QueryEstimate estimate;

  /** What was learned of the server and speaks for the verdict. */
  @Nullable LearnedEndpoint learned;

  /** Index of the list's rule for that server, or -1. */
  int learnedRule;

  /** What the watch for behaviour like DNS came to; null when it was not said. */
  @Nullable String suspicion;

  /** Whether that watch is over. */
  boolean suspicionOver;

  FlowDetails() {
    reset();
  }

  void reset() {
    sniLength = 0;
    alpnLength = 0;
    tlsVersion = 0;
    helloSeen = false;
    ech = Ech.NONE;
    postQuantum = false;
    ja4Known = false;
    certificateRule = -1;
    openQuestions = 0;
    tcpRetries = 0;
    clientMagic = 0;
    heldQueries = 0;
    relayedHigh = 0;
    relayedLow = 0;
    quicVersion = 0;
    if (connections != null) {
      connections.reset();
    }
    synNanos = -1;
    helloNanos = -1;
    handshakeNanos = -1;
    tlsNanos = -1;
    learned = null;
    learnedRule = -1;
    if (estimate != null) {
      estimate.reset();
    }
    suspicion = null;
    suspicionOver = false;
  }

  /** Notes what the watch for behaviour like DNS came to, if any, and tells the evidence of it. */
  long endSuspicion(@Nullable Suspicion watched, double threshold) {
    suspicionOver = true;
    if (watched == null || watched.score() < threshold) {
      return 0;
    }
    suspicion = watched.words();
    return Evidence.BEHAVES_LIKE_DNS.bit();
  }

  /** Keeps a server name of at most {@link ClientHello#MAX_NAME_BYTES}. */
  void keepSni(byte[] name, int length) {
    sni = withRoom(sni, length);
    sniLength = length;
    System.arraycopy(name, 0, sni, 0, length);
  }

  /** Keeps protocol names of at most {@link ClientHello#MAX_ALPN_BYTES}. */
  void keepAlpn(byte[] names, int length) {
    alpn = withRoom(alpn, length);
    alpnLength = length;
    System.arraycopy(names, 0, alpn, 0, length);
  }

  private static byte[] withRoom(byte[] bytes, int length) {
    return length <= bytes.length ? bytes : new byte[Math.max(length, 2 * bytes.length)];
  }

  /** Notes an identifier that an Initial of the flow went to. */
  void addConnection(long hash) {
    if (connections == null) {
      connections = new KnownConnections();
    }
    connections.add(hash);
  }

  /** The estimate of the flow's queries, made when absent. */
  QueryEstimate beginEstimate() {
    if (estimate == null) {
      estimate = new QueryEstimate();
    }
    estimate.begin();
    return estimate;
  }

  /** How long the flow waits for what other flows tell of its own messages; null if it does not. */
  @Nullable NewsWait newsWait(long evidence) {
    if (clientMagic != 0) {
      boolean known = (evidence & DnsCryptDatagrams.SEEN) != 0;
      return known ? NewsWait.NEVER : NewsWait.ALWAYS;
    }
    return openQuestions > 0 ? NewsWait.ALWAYS : null;
  }

  /** The server name, or null; allocates. */
  @Nullable String sniText() {
    return sniLength == 0 ? null : new String(sni, 0, sniLength, StandardCharsets.US_ASCII);
  }

  /** The protocol names joined by commas, or null; allocates. */
  @Nullable String alpnText() {
    return alpnLength == 0 ? null : AlpnText.join(alpn, alpnLength);
  }

  /** The JA4 fingerprint, or null; allocates. */
  @Nullable String ja4Text() {
    return ja4Known ? new String(ja4, StandardCharsets.US_ASCII) : null;
  }
}
