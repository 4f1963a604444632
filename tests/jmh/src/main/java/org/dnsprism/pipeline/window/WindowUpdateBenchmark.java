// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.io.IOException;
import java.util.List;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.flow.EndReason;
import org.dnsprism.classifier.flow.FlowListener;
import org.dnsprism.classifier.flow.FlowView;
import org.dnsprism.jmh.LabFlows;
import org.dnsprism.jmh.LabFrames;
import org.dnsprism.jmh.StepBenchmark;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** What it costs to count a DNS response, and the new packets of a flow, into sums and cells. */
public class WindowUpdateBenchmark extends StepBenchmark {
  private final OpenWindows windows = new OpenWindows();
  private final FlowListener listener =
      new ShardListener(
          0,
          windows,
          new OwnResolvers(List.of("192.0.2.0/24")),
          SketchKey.ofSecret(new byte[SketchKey.MIN_SECRET_BYTES]),
          (shard, flow, reason, own) -> {},
          new Sampling(0));
  private final FirstAnswer answer = new FirstAnswer();

  /** Keeps the first response to a query, with its flow. */
  private static final class FirstAnswer implements FlowListener {
    private @Nullable FlowView flow;
    private @Nullable DnsMessage message;
    private long latency;

    @Override
    public void onActivity(FlowView active, int interval) {}

    @Override
    public void onMessage(FlowView of, DnsMessage said, int interval, long latencyNanos) {
      if (said.response() && latencyNanos >= 0) {
        flow = of;
        message = said;
        latency = latencyNanos;
      }
    }

    @Override
    public void onOpaqueMessage(FlowView of, boolean response, int interval) {}

    @Override
    public void onEstimate(FlowView of, int queries, int low, int high, int interval) {}

    @Override
    public void onUnanswered(FlowView of, int count, int interval) {}

    @Override
    public void onRetry(FlowView of, int interval) {}

    @Override
    public void onEnd(FlowView of, EndReason reason, int interval) {}

    private FlowView flow() {
      if (flow == null) {
        throw new IllegalStateException("no response");
      }
      return flow;
    }

    private DnsMessage message() {
      if (message == null) {
        throw new IllegalStateException("no response");
      }
      return message;
    }
  }

  /** Takes frames up to the first response; nothing moves the view of its flow after that. */
  @Setup
  public void answer() throws IOException {
    new LabFlows(answer).after(LabFrames.of("demo.pcapng.zst"), () -> answer.flow != null);
  }

  /** A response: sums, codes and latency of its server's cell. */
  @Benchmark
  public Object message() {
    listener.onMessage(answer.flow(), answer.message(), 0, answer.latency);
    return windows;
  }

  /** New packets of a flow: sums, its server's cell, the sketch of clients. */
  @Benchmark
  public Object activity() {
    listener.onActivity(answer.flow(), 0);
    return windows;
  }
}
