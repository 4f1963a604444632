// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.jmh;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dnsprism.classifier.dns.DnsDialect;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.dns.DnsParser;
import org.dnsprism.classifier.dns.DnsStatus;
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

/** One DNS message over UDP after the other, from header to last record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DnsMessageBenchmark {
  private final DnsParser parser = new DnsParser();
  private final DnsMessage message = new DnsMessage();
  private List<Packet> messages = List.of();
  private int next;

  /** Reads the queries and responses. */
  @Setup
  public void read() throws IOException {
    messages =
        LabFrames.packets("demo.pcapng.zst").stream()
            .filter(packet -> packet.sourcePort() == 53 || packet.destinationPort() == 53)
            .filter(packet -> packet.protocol() == Packet.UDP && packet.payloadLength() > 0)
            .toList();
  }

  /** Walks over a message. */
  @Benchmark
  public DnsStatus walk() {
    next = next + 1 < messages.size() ? next + 1 : 0;
    Packet packet = messages.get(next);
    return parser.parse(
        packet.buffer(),
        packet.payloadOffset(),
        packet.capturedPayloadLength(),
        packet.payloadLength(),
        DnsDialect.EXPECTED,
        message);
  }
}
