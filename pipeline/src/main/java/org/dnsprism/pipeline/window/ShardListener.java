// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.flow.EndReason;
import org.dnsprism.classifier.flow.FlowListener;
import org.dnsprism.classifier.flow.FlowView;
import org.dnsprism.classifier.tls.Ech;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.window.WindowTotals.Count;
import org.dnsprism.pipeline.window.WindowTotals.Sum;

/** Counts what the flows of one shard do into the windows of its worker. */
final class ShardListener implements FlowListener {
  private final int shard;
  private final OpenWindows windows;
  private final OwnResolvers ownResolvers;
  private final SketchKey sketchKey;
  private final SpecialNames specialNames = new SpecialNames();
  private final FlowEnds ends;
  private final Sampling sampling;

  /** Takes the flows that ended. */
  interface FlowEnds {
    /**
     * A flow ended.
     *
     * @param shard number of its shard
     */
    void add(int shard, FlowView flow, EndReason reason, boolean ownResolver);
  }

  ShardListener(
      int shard,
      OpenWindows windows,
      OwnResolvers ownResolvers,
      SketchKey sketchKey,
      FlowEnds ends,
      Sampling sampling) {
    this.sampling = sampling;
    this.shard = shard;
    this.windows = windows;
    this.ownResolvers = ownResolvers;
    this.sketchKey = sketchKey;
    this.ends = ends;
  }

  @Override
  public void onActivity(FlowView flow, int interval) {
    OpenWindow window = windows.at(interval);
    WindowTotals totals = window.totals();
    Transport transport = flow.transport();
    long packets = flow.newClientPackets() + flow.newServerPackets();
    totals.add(transport.dns() ? Count.DNS_FRAMES : Count.OTHER_FRAMES, packets);
    totals.add(transport, Sum.PACKETS, packets);
    totals.add(transport, Sum.BYTES, flow.newClientBytes() + flow.newServerBytes());
    if (flow.newlyCounted()) {
      countFlow(flow, totals);
    }
    if (transport != Transport.OTHER) {
      long client = sketchKey.hash(flow.clientHigh(), flow.clientLow());
      window.cell(shard, flow, own(flow)).addActivity(flow, client);
    }
  }

  private void countFlow(FlowView flow, WindowTotals totals) {
    totals.add(flow.transport(), Sum.FLOWS, 1);
    totals.add(Count.FLOWS_ECH, flow.ech() == Ech.NONE ? 0 : 1);
    boolean hidden = flow.ech() == Ech.OFFERED || Evidence.RELAY.in(flow.evidence());
    totals.add(Count.FLOWS_UNOBSERVABLE, hidden ? 1 : 0);
    totals.add(Count.NBNS_FLOWS, Evidence.NBNS.in(flow.evidence()) ? 1 : 0);
    QuicVersions.count(flow, totals);
    if (flow.transport().resolverTraffic() && own(flow)) {
      totals.add(Count.OWN_RESOLVER_FLOWS, 1);
    }
  }

  private boolean own(FlowView flow) {
    return ownResolvers.contains(flow.serverHigh(), flow.serverLow());
  }

  @Override
  public void onMessage(FlowView flow, DnsMessage message, int interval, long latencyNanos) {
    OpenWindow window = windows.at(interval);
    WindowTotals totals = window.totals();
    totals.add(flow.transport(), message.response() ? Sum.RESPONSES : Sum.QUERIES, 1);
    specialNames.count(message, totals);
    if (flow.transport().resolverTraffic()) {
      MessageCounts.add(message, totals);
    }
    if (flow.transport() != Transport.OTHER) {
      window.cell(shard, flow, own(flow)).addMessage(message, latencyNanos);
    }
  }

  @Override
  public void onOpaqueMessage(FlowView flow, boolean response, int interval) {
    OpenWindow window = windows.at(interval);
    window.totals().add(flow.transport(), response ? Sum.RESPONSES : Sum.QUERIES, 1);
    if (flow.transport() != Transport.OTHER) {
      window.cell(shard, flow, own(flow)).addOpaqueMessage(response);
    }
  }

  @Override
  public void onEstimate(FlowView flow, int queries, int low, int high, int interval) {
    int factor = sampling.factor();
    OpenWindow window = windows.at(interval);
    WindowTotals totals = window.totals();
    totals.add(flow.transport(), Sum.QUERIES, (long) queries * factor);
    totals.add(flow.transport(), Sum.QUERIES_LOW, (long) low * factor);
    totals.add(flow.transport(), Sum.QUERIES_HIGH, (long) high * factor);
    window.cell(shard, flow, own(flow)).addEstimate(queries * factor, low * factor, high * factor);
  }

  @Override
  public void onRetry(FlowView flow, int interval) {
    OpenWindow window = windows.at(interval);
    window.totals().add(Count.TCP_RETRIES, 1);
    if (flow.transport() != Transport.OTHER) {
      window.cell(shard, flow, own(flow)).tcpRetries++;
    }
  }

  @Override
  public void onUnanswered(FlowView flow, int count, int interval) {
    OpenWindow window = windows.at(interval);
    window.totals().add(Count.UNANSWERED, count);
    if (flow.transport() != Transport.OTHER) {
      window.cell(shard, flow, own(flow)).unanswered += count;
    }
  }

  @Override
  public void onEnd(FlowView flow, EndReason reason, int interval) {
    WindowTotals totals = windows.at(interval).totals();
    totals.addClosed(reason);
    if (flow.transport().dns()) {
      totals.add(Count.DNS_FLOWS_ENDED, 1);
      totals.add(Count.FLOWS_ONE_WAY, flow.oneWay() ? 1 : 0);
      totals.add(Count.FLOWS_MIDSTREAM, flow.joinedMidstream() ? 1 : 0);
    }
    ends.add(shard, flow, reason, own(flow));
  }
}
