// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.flow.FlowView;
import org.dnsprism.classifier.verdict.Confidence;

/** The statistics of one {@link CellKey} in one window. */
public final class Cell {
  private final CellKey key;
  long flows;
  long clientPackets;
  long serverPackets;
  long clientBytes;
  long serverBytes;
  long queries;
  long queriesLow;
  long queriesHigh;
  long responses;
  long unanswered;
  long truncated;
  long edns;
  long dnssecOk;
  long clientSubnet;
  long cookie;
  long padding;
  long tcpRetries;
  final long[] confidence = new long[Confidence.values().length];
  final CodeCounts rcodes = new CodeCounts();
  final CodeCounts qtypes = new CodeCounts();
  final ClientSketch clients = new ClientSketch();
  final Latencies latency = new Latencies();
  final Latencies handshake = new Latencies();
  final Latencies tls = new Latencies();

  Cell(CellKey key) {
    this.key = key;
  }

  /** What the cell counts. */
  public CellKey key() {
    return key;
  }

  /**
   * Adds what a flow did.
   *
   * @param clientHash of its client's address
   */
  void addActivity(FlowView flow, long clientHash) {
    clientPackets += flow.newClientPackets();
    serverPackets += flow.newServerPackets();
    clientBytes += flow.newClientBytes();
    serverBytes += flow.newServerBytes();
    clients.add(clientHash);
    if (flow.newlyCounted()) {
      flows++;
      confidence[flow.confidence().ordinal()]++;
      if (flow.handshakeNanos() >= 0) {
        handshake.addNanos(flow.handshakeNanos());
      }
      if (flow.tlsNanos() >= 0) {
        tls.addNanos(flow.tlsNanos());
      }
    }
  }

  void addMessage(DnsMessage message, long latencyNanos) {
    if (message.response()) {
      responses++;
      rcodes.add(message.rcode(), 1);
      truncated += message.truncated() ? 1 : 0;
      if (latencyNanos >= 0) {
        latency.addNanos(latencyNanos);
      }
      return;
    }
    queries++;
    if (message.questionCount() > 0) {
      qtypes.add(message.qtype(), 1);
    }
    edns += message.edns() ? 1 : 0;
    dnssecOk += message.dnssecOk() ? 1 : 0;
    clientSubnet += message.clientSubnet() ? 1 : 0;
    cookie += message.cookie() ? 1 : 0;
    padding += message.paddingLength() >= 0 ? 1 : 0;
  }

  void addOpaqueMessage(boolean response) {
    responses += response ? 1 : 0;
    queries += response ? 0 : 1;
  }

  void addEstimate(int likely, int low, int high) {
    queries += likely;
    queriesLow += low;
    queriesHigh += high;
  }

  void addAll(Cell other) {
    flows += other.flows;
    clientPackets += other.clientPackets;
    serverPackets += other.serverPackets;
    clientBytes += other.clientBytes;
    serverBytes += other.serverBytes;
    queries += other.queries;
    queriesLow += other.queriesLow;
    queriesHigh += other.queriesHigh;
    responses += other.responses;
    unanswered += other.unanswered;
    truncated += other.truncated;
    edns += other.edns;
    dnssecOk += other.dnssecOk;
    clientSubnet += other.clientSubnet;
    cookie += other.cookie;
    padding += other.padding;
    tcpRetries += other.tcpRetries;
    for (int i = 0; i < confidence.length; i++) {
      confidence[i] += other.confidence[i];
    }
    rcodes.addAll(other.rcodes);
    qtypes.addAll(other.qtypes);
    clients.addAll(other.clients);
    latency.addAll(other.latency);
    handshake.addAll(other.handshake);
    tls.addAll(other.tls);
  }
}
