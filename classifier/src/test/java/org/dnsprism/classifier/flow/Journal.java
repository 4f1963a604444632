// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.tls.Ech;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Transport;
import org.jspecify.annotations.Nullable;

/** Writes down what an engine tells its listener. */
final class Journal implements FlowListener {
  /** An {@link FlowListener#onActivity}. */
  record Activity(
      int interval,
      int clientPort,
      long clientPackets,
      long serverPackets,
      long clientBytes,
      long serverBytes,
      boolean newlyCounted,
      Transport transport) {
    long packets() {
      return clientPackets + serverPackets;
    }

    long bytes() {
      return clientBytes + serverBytes;
    }
  }

  /** An {@link FlowListener#onEnd}. */
  record End(
      EndReason reason,
      int clientPort,
      Transport transport,
      Confidence confidence,
      long evidence,
      long clientPackets,
      long serverPackets,
      long clientBytes,
      long serverBytes,
      long queries,
      long responses,
      long handshakeNanos,
      boolean oneWay,
      boolean midstream) {}

  /** A {@link FlowListener#onEstimate}. */
  record Estimate(int interval, int queries, int low, int high) {}

  /** What {@link FlowListener#onEnd} tells of a ClientHello. */
  record Hello(
      boolean seen,
      @Nullable String sni,
      @Nullable String alpn,
      int tlsVersion,
      Ech ech,
      boolean postQuantum,
      boolean fingerprinted) {}

  final List<Hello> hellos = new ArrayList<>();
  final List<Estimate> estimates = new ArrayList<>();
  final List<Activity> activities = new ArrayList<>();
  final List<End> ends = new ArrayList<>();
  final List<Integer> retries = new ArrayList<>();
  final List<Long> latencies = new ArrayList<>();
  int unanswered;

  @Override
  public void onActivity(FlowView flow, int interval) {
    activities.add(
        new Activity(
            interval,
            flow.clientPort(),
            flow.newClientPackets(),
            flow.newServerPackets(),
            flow.newClientBytes(),
            flow.newServerBytes(),
            flow.newlyCounted(),
            flow.transport()));
  }

  @Override
  public void onMessage(FlowView flow, DnsMessage message, int interval, long latencyNanos) {
    latencies.add(latencyNanos);
  }

  @Override
  public void onOpaqueMessage(FlowView flow, boolean response, int interval) {}

  @Override
  public void onEstimate(FlowView flow, int queries, int low, int high, int interval) {
    estimates.add(new Estimate(interval, queries, low, high));
  }

  @Override
  public void onRetry(FlowView flow, int interval) {
    retries.add(interval);
  }

  @Override
  public void onUnanswered(FlowView flow, int count, int interval) {
    unanswered += count;
  }

  @Override
  public void onEnd(FlowView flow, EndReason reason, int interval) {
    hellos.add(
        new Hello(
            flow.clientHelloSeen(),
            flow.sni(),
            flow.alpn(),
            flow.tlsVersion(),
            flow.ech(),
            flow.postQuantum(),
            flow.ja4() != null));
    ends.add(
        new End(
            reason,
            flow.clientPort(),
            flow.transport(),
            flow.confidence(),
            flow.evidence(),
            flow.clientPackets(),
            flow.serverPackets(),
            flow.clientBytes(),
            flow.serverBytes(),
            flow.queries(),
            flow.responses(),
            flow.handshakeNanos(),
            flow.oneWay(),
            flow.joinedMidstream()));
  }

  /** The intervals in which a flow was counted. */
  List<Integer> counted() {
    return activities.stream().filter(Activity::newlyCounted).map(Activity::interval).toList();
  }

  /** Why flows ended, in order. */
  List<EndReason> reasons() {
    return ends.stream().map(End::reason).toList();
  }
}
