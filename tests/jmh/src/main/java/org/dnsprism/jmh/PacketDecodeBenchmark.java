// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.jmh;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.PacketDecoder;
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

/** One frame of the demo capture after the other: from link header to ports. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PacketDecodeBenchmark {
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private List<LabFrames.Frame> frames = List.of();
  private int next;

  /** Reads the capture; frames that hold a fragment are left out. */
  @Setup
  public void read() throws IOException {
    PacketDecoder trial = new PacketDecoder();
    frames =
        LabFrames.of("demo.pcapng.zst").stream()
            .filter(frame -> frame.holdsWhole(trial, packet))
            .toList();
  }

  /** Decodes a frame. */
  @Benchmark
  public DecodeStatus decode() {
    next = next + 1 < frames.size() ? next + 1 : 0;
    return frames.get(next).decode(decoder, packet);
  }
}
