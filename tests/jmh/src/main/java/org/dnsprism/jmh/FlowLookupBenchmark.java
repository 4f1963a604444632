// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.flow.EndReason;
import org.dnsprism.classifier.flow.FlowEngine;
import org.dnsprism.classifier.flow.FlowListener;
import org.dnsprism.classifier.flow.FlowShards;
import org.dnsprism.classifier.flow.FlowView;
import org.dnsprism.classifier.flow.PacketBatch;
import org.dnsprism.classifier.verdict.Rule;
import org.dnsprism.classifier.verdict.Rules;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.PacketDecoder;
import org.dnsprism.classifier.wire.TcpHeader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** Packets of flows whose verdict stands, and the rules that made it. */
public class FlowLookupBenchmark extends StepBenchmark {
  private final List<Long> evidence = new ArrayList<>();
  private final PacketBatch web = new PacketBatch();
  private final PacketBatch doh = new PacketBatch();
  private FlowShards webShards = new FlowShards(new FlowEngine[FlowShards.SHARDS]);
  private FlowShards dohShards = new FlowShards(new FlowEngine[FlowShards.SHARDS]);

  /** Keeps the evidence of the flows that ended. */
  private final class Verdicts implements FlowListener {
    @Override
    public void onActivity(FlowView flow, int interval) {}

    @Override
    public void onMessage(FlowView flow, DnsMessage message, int interval, long latency) {}

    @Override
    public void onOpaqueMessage(FlowView flow, boolean response, int interval) {}

    @Override
    public void onEstimate(FlowView flow, int queries, int low, int high, int interval) {}

    @Override
    public void onRetry(FlowView flow, int interval) {}

    @Override
    public void onUnanswered(FlowView flow, int count, int interval) {}

    @Override
    public void onEnd(FlowView flow, EndReason reason, int interval) {
      evidence.add(flow.evidence());
    }
  }

  /** Has the flows of captures decided, and fills batches with packets of theirs. */
  @Setup
  public void decideFlows() throws IOException {
    new LabFlows(new Verdicts()).after(LabFrames.of("demo.pcapng.zst")).finish();
    webShards = decided("neg-https-curl.pcapng");
    fill(web, "neg-https-curl.pcapng");
    dohShards = decided("doh-chromium.pcapng");
    fill(doh, "doh-chromium.pcapng");
  }

  private FlowShards decided(String capture) throws IOException {
    return new LabFlows(new Verdicts()).after(LabFrames.of(capture)).shards();
  }

  /** Fills a batch with packets that neither open nor close a connection, again and again. */
  private static void fill(PacketBatch batch, String capture) throws IOException {
    PacketDecoder decoder = new PacketDecoder();
    List<LabFrames.Frame> frames = LabFrames.of(capture);
    for (int i = 0; batch.size() < PacketBatch.CAPACITY; i++) {
      LabFrames.Frame frame = frames.get(i % frames.size());
      if (frame.decode(decoder, batch.next()) == DecodeStatus.TRANSPORT
          && batch.next().protocol() == Packet.TCP
          && batch.next().payloadLength() > 0
          && (batch.next().tcpFlags() & (TcpHeader.SYN | TcpHeader.FIN | TcpHeader.RST)) == 0) {
        batch.add(0);
      }
    }
  }

  /** Takes 32 packets of web traffic: look-up, counters, and nothing to inspect. */
  @Benchmark
  @OperationsPerInvocation(PacketBatch.CAPACITY)
  public FlowShards decidedFlow() {
    webShards.accept(web);
    return webShards;
  }

  /** Takes 32 packets of DoH, whose records are walked over to estimate queries. */
  @Benchmark
  @OperationsPerInvocation(PacketBatch.CAPACITY)
  public FlowShards watchedFlow() {
    dohShards.accept(doh);
    return dohShards;
  }

  /** Finds the rule for the evidence of one flow of the demo capture after the other. */
  @Benchmark
  public Rule decision() {
    return Rules.decide(next(evidence));
  }
}
