// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.learned.LearnedEndpoint;
import org.dnsprism.classifier.tls.Ech;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Tunnel;
import org.jspecify.annotations.Nullable;

/** The view of the one flow that the engine is reporting: reads the slab, keeps nothing. */
final class FlowCursor implements FlowView {
  private final FlowTable table;
  private final Pool<FlowDetails> details;
  private final OperatorOf operators;
  private long[] slab;
  private int base;
  private boolean newlyCounted;

  /** Finds the operator of an endpoint. */
  @FunctionalInterface
  interface OperatorOf {
    int operator(int endpoint);
  }

  FlowCursor(FlowTable table, Pool<FlowDetails> details, OperatorOf operators) {
    this.table = table;
    this.details = details;
    this.operators = operators;
    slab = table.slab();
  }

  FlowCursor at(int entry, boolean isNewlyCounted) {
    slab = table.slab();
    base = FlowTable.base(entry);
    newlyCounted = isNewlyCounted;
    return this;
  }

  private boolean clientIsA() {
    return (slab[base + FlowLayout.KEY] & FlowLayout.CLIENT_A) != 0;
  }

  private boolean flag(long bit) {
    return (slab[base + FlowLayout.KEY] & bit) != 0;
  }

  private long verdict() {
    return slab[base + FlowLayout.VERDICT];
  }

  /** Before any payload the word holds sequence numbers. */
  private long messages() {
    return flag(FlowLayout.PAYLOAD) ? slab[base + FlowLayout.MESSAGES] : 0;
  }

  private @Nullable FlowDetails detailsOrNull() {
    int index = FlowLayout.details(slab[base + FlowLayout.STATE]);
    return index < 0 ? null : details.get(index);
  }

  @Override
  public long startNanos() {
    return slab[base + FlowLayout.FIRST];
  }

  @Override
  public long endNanos() {
    return slab[base + FlowLayout.LAST];
  }

  @Override
  public int ipVersion() {
    return VerdictWord.ipVersion(verdict());
  }

  @Override
  public int protocol() {
    return FlowLayout.protocol(slab[base + FlowLayout.KEY]);
  }

  @Override
  public long clientHigh() {
    return slab[base + (clientIsA() ? FlowLayout.A_HIGH : FlowLayout.B_HIGH)];
  }

  @Override
  public long clientLow() {
    return slab[base + (clientIsA() ? FlowLayout.A_LOW : FlowLayout.B_LOW)];
  }

  @Override
  public int clientPort() {
    long key = slab[base + FlowLayout.KEY];
    return clientIsA() ? FlowLayout.portA(key) : FlowLayout.portB(key);
  }

  @Override
  public long serverHigh() {
    return slab[base + (clientIsA() ? FlowLayout.B_HIGH : FlowLayout.A_HIGH)];
  }

  @Override
  public long serverLow() {
    return slab[base + (clientIsA() ? FlowLayout.B_LOW : FlowLayout.A_LOW)];
  }

  @Override
  public int serverPort() {
    long key = slab[base + FlowLayout.KEY];
    return clientIsA() ? FlowLayout.portB(key) : FlowLayout.portA(key);
  }

  @Override
  public int vlanCount() {
    return VerdictWord.vlanCount(verdict());
  }

  @Override
  public int vlan(int index) {
    return VerdictWord.vlan(verdict(), index);
  }

  @Override
  public Tunnel tunnel() {
    return VerdictWord.tunnel(verdict());
  }

  @Override
  public Transport transport() {
    return VerdictWord.transport(verdict());
  }

  @Override
  public Confidence confidence() {
    return VerdictWord.confidence(verdict());
  }

  @Override
  public long evidence() {
    return slab[base + FlowLayout.EVIDENCE];
  }

  @Override
  public int endpoint() {
    return VerdictWord.endpoint(verdict());
  }

  @Override
  public int operator() {
    int endpoint = endpoint();
    return endpoint < 0 ? 0 : operators.operator(endpoint);
  }

  @Override
  public @Nullable LearnedEndpoint learned() {
    FlowDetails found = detailsOrNull();
    return found == null ? null : found.learned;
  }

  @Override
  public Role role() {
    return VerdictWord.role(verdict());
  }

  @Override
  public @Nullable String sni() {
    FlowDetails d = detailsOrNull();
    return d == null ? null : d.sniText();
  }

  @Override
  public @Nullable String suspicion() {
    FlowDetails d = detailsOrNull();
    return d == null ? null : d.suspicion;
  }

  @Override
  public @Nullable String alpn() {
    FlowDetails d = detailsOrNull();
    return d == null ? null : d.alpnText();
  }

  @Override
  public int tlsVersion() {
    FlowDetails d = detailsOrNull();
    return d == null ? 0 : d.tlsVersion;
  }

  @Override
  public boolean clientHelloSeen() {
    FlowDetails d = detailsOrNull();
    return d != null && d.helloSeen;
  }

  @Override
  public Ech ech() {
    FlowDetails d = Evidence.ECH.in(evidence()) ? detailsOrNull() : null;
    return d == null ? Ech.NONE : d.ech;
  }

  @Override
  public boolean postQuantum() {
    FlowDetails d = detailsOrNull();
    return d != null && d.postQuantum;
  }

  @Override
  public @Nullable String ja4() {
    FlowDetails d = detailsOrNull();
    return d == null ? null : d.ja4Text();
  }

  @Override
  public long relayedHigh() {
    FlowDetails d = detailsOrNull();
    return d == null ? 0 : d.relayedHigh;
  }

  @Override
  public long relayedLow() {
    FlowDetails d = detailsOrNull();
    return d == null ? 0 : d.relayedLow;
  }

  @Override
  public int quicVersion() {
    FlowDetails d = detailsOrNull();
    return d == null ? 0 : d.quicVersion;
  }

  @Override
  public long clientPackets() {
    long word = slab[base + FlowLayout.PACKETS];
    return clientIsA() ? FlowLayout.upper(word) : FlowLayout.lower(word);
  }

  @Override
  public long serverPackets() {
    long word = slab[base + FlowLayout.PACKETS];
    return clientIsA() ? FlowLayout.lower(word) : FlowLayout.upper(word);
  }

  @Override
  public long clientBytes() {
    return slab[base + (clientIsA() ? FlowLayout.BYTES_AB : FlowLayout.BYTES_BA)];
  }

  @Override
  public long serverBytes() {
    return slab[base + (clientIsA() ? FlowLayout.BYTES_BA : FlowLayout.BYTES_AB)];
  }

  @Override
  public long newClientPackets() {
    long word = slab[base + FlowLayout.NEW_PACKETS];
    return clientIsA() ? FlowLayout.newPacketsAb(word) : FlowLayout.newPacketsBa(word);
  }

  @Override
  public long newServerPackets() {
    long word = slab[base + FlowLayout.NEW_PACKETS];
    return clientIsA() ? FlowLayout.newPacketsBa(word) : FlowLayout.newPacketsAb(word);
  }

  @Override
  public long newClientBytes() {
    long word = slab[base + FlowLayout.NEW_BYTES];
    return clientIsA() ? FlowLayout.upper(word) : FlowLayout.lower(word);
  }

  @Override
  public long newServerBytes() {
    long word = slab[base + FlowLayout.NEW_BYTES];
    return clientIsA() ? FlowLayout.lower(word) : FlowLayout.upper(word);
  }

  @Override
  public boolean newlyCounted() {
    return newlyCounted;
  }

  @Override
  public long queries() {
    QueryEstimate estimate = estimateOrNull();
    return estimate == null ? FlowLayout.upper(messages()) : estimate.queries();
  }

  @Override
  public boolean queriesEstimated() {
    return estimateOrNull() != null;
  }

  @Override
  public long queriesLow() {
    QueryEstimate estimate = estimateOrNull();
    return estimate == null ? queries() : estimate.low();
  }

  @Override
  public long queriesHigh() {
    QueryEstimate estimate = estimateOrNull();
    return estimate == null ? queries() : estimate.high();
  }

  private @Nullable QueryEstimate estimateOrNull() {
    FlowDetails d = transport().estimated() ? detailsOrNull() : null;
    return d == null || d.estimate == null || !d.estimate.made() ? null : d.estimate;
  }

  @Override
  public long tcpRetries() {
    FlowDetails d = detailsOrNull();
    return d == null ? 0 : d.tcpRetries;
  }

  @Override
  public long responses() {
    return FlowLayout.lower(messages());
  }

  @Override
  public long handshakeNanos() {
    FlowDetails d = detailsOrNull();
    return d == null ? -1 : d.handshakeNanos;
  }

  @Override
  public long tlsNanos() {
    FlowDetails d = detailsOrNull();
    return d == null ? -1 : d.tlsNanos;
  }

  @Override
  public boolean joinedMidstream() {
    return protocol() == 6 && !flag(FlowLayout.SYN | FlowLayout.SYN_ACK);
  }

  @Override
  public boolean oneWay() {
    long word = slab[base + FlowLayout.PACKETS];
    return FlowLayout.upper(word) == 0 || FlowLayout.lower(word) == 0;
  }
}
