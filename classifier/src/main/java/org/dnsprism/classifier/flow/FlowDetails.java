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
  final byte[] sni = new byte[ClientHello.MAX_NAME_BYTES];
  int sniLength;
  final byte[] alpn = new byte[ClientHello.MAX_ALPN_BYTES];
  int alpnLength;
  int tlsVersion;
  boolean helloSeen;
  Ech ech = Ech.NONE;
  boolean postQuantum;
  final byte[] ja4 = new byte[Ja4.BYTES];
  boolean ja4Known;

  /** Rule of the endpoint list that names the server's certificate, or -1. */
  int certificateRule;

  int quicVersion;
  final KnownConnections connections = new KnownConnections();
  long synNanos;
  long helloNanos;
  long handshakeNanos;
  long tlsNanos;
  final QueryEstimate estimate = new QueryEstimate();

  /** What was learned of the server and speaks for the verdict. */
  @Nullable LearnedEndpoint learned;

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
    quicVersion = 0;
    connections.reset();
    synNanos = -1;
    helloNanos = -1;
    handshakeNanos = -1;
    tlsNanos = -1;
    learned = null;
    estimate.reset();
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
