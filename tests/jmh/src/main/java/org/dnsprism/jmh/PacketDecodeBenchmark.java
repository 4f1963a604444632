// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.jmh;

import java.io.IOException;
import java.util.List;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.PacketDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** One frame of the demo capture after the other: from link header to ports. */
public class PacketDecodeBenchmark extends StepBenchmark {
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private List<LabFrames.Frame> frames = List.of();

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
    return next(frames).decode(decoder, packet);
  }
}
