// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.EndReason;
import org.dnsprism.classifier.flow.FlowEngine;
import org.dnsprism.classifier.flow.FlowListener;
import org.dnsprism.classifier.flow.FlowSettings;
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
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Packets of flows whose verdict stands, and the rules that made it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FlowLookupBenchmark {
  private final List<Long> evidence = new ArrayList<>();
  private final PacketBatch web = new PacketBatch();
  private final PacketBatch doh = new PacketBatch();
  private FlowShards webShards = new FlowShards(new FlowEngine[FlowShards.SHARDS]);
  private FlowShards dohShards = new FlowShards(new FlowEngine[FlowShards.SHARDS]);
  private int next;

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
    public void onUnanswered(FlowView flow, int count, int interval) {}

    @Override
    public void onEnd(FlowView flow, EndReason reason, int interval) {
      evidence.add(flow.evidence());
    }
  }

  /** Has the flows of captures decided, and fills batches with packets of theirs. */
  @Setup
  public void decideFlows() throws IOException {
    shardsAfter(LabFrames.of("demo.pcapng.zst"), true);
    webShards = shardsAfter(LabFrames.of("neg-https-curl.pcapng"), false);
    fill(web, "neg-https-curl.pcapng");
    dohShards = shardsAfter(LabFrames.of("doh-chromium.pcapng"), false);
    fill(doh, "doh-chromium.pcapng");
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

  private FlowShards shardsAfter(List<LabFrames.Frame> frames, boolean finish) throws IOException {
    EndpointList endpoints = EndpointList.bundled();
    FlowEngine[] engines = new FlowEngine[FlowShards.SHARDS];
    for (int i = 0; i < engines.length; i++) {
      FlowSettings settings = FlowSettings.forShards(FlowShards.SHARDS);
      engines[i] = new FlowEngine(settings, endpoints, new Verdicts(), 1);
    }
    FlowShards made = new FlowShards(engines);
    PacketBatch batch = new PacketBatch();
    PacketDecoder decoder = new PacketDecoder();
    for (LabFrames.Frame frame : frames) {
      if (frame.decode(decoder, batch.next()) == DecodeStatus.TRANSPORT) {
        batch.add(0);
        made.accept(batch);
        batch.clear();
      }
      decoder.release();
    }
    for (FlowEngine engine : engines) {
      if (finish) {
        engine.finish(0);
      }
    }
    return made;
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
    next = next + 1 < evidence.size() ? next + 1 : 0;
    return Rules.decide(evidence.get(next));
  }
}
