// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.jmh;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dnsprism.classifier.wire.DuplicateFilter;
import org.dnsprism.classifier.wire.Packet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One packet of the demo capture after the other: whether it is a copy of an earlier one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DuplicateFilterBenchmark {
  private final DuplicateFilter filter = new DuplicateFilter(1);
  private List<Packet> packets = List.of();
  private int next;

  /** Reads the capture. */
  @Setup
  public void read() throws IOException {
    packets = LabFrames.packets("demo.pcapng.zst");
  }

  /** Looks a packet up, and remembers it. */
  @Benchmark
  public boolean isCopy() {
    next = next + 1 < packets.size() ? next + 1 : 0;
    return filter.isCopy(packets.get(next));
  }
}
