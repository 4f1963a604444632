// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.jmh;

import java.io.IOException;
import java.util.List;
import org.dnsprism.classifier.dns.DnsDialect;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.dns.DnsParser;
import org.dnsprism.classifier.dns.DnsStatus;
import org.dnsprism.classifier.wire.Packet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** One DNS message over UDP after the other, from header to last record. */
public class DnsMessageBenchmark extends StepBenchmark {
  private final DnsParser parser = new DnsParser();
  private final DnsMessage message = new DnsMessage();
  private List<Packet> messages = List.of();

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
    Packet packet = next(messages);
    return parser.parse(
        packet.buffer(),
        packet.payloadOffset(),
        packet.capturedPayloadLength(),
        packet.payloadLength(),
        DnsDialect.EXPECTED,
        message);
  }
}
