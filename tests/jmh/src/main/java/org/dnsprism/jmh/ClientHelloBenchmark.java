// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.jmh;

import java.io.IOException;
import java.util.List;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tcp.TcpCounters;
import org.dnsprism.classifier.tcp.TcpReassembler;
import org.dnsprism.classifier.tls.Ja4;
import org.dnsprism.classifier.tls.TlsCounters;
import org.dnsprism.classifier.tls.TlsStatus;
import org.dnsprism.classifier.tls.TlsStreamParser;
import org.dnsprism.classifier.wire.Packet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** A connection's ClientHello, from the segments that carry it to name, protocols and versions. */
public class ClientHelloBenchmark extends StepBenchmark {
  private final TcpReassembler reassembler =
      new TcpReassembler(new ReassemblyMemory(1 << 20), new TcpCounters());
  private final TlsStreamParser parser =
      new TlsStreamParser(new ReassemblyMemory(1 << 20), new TlsCounters());
  private final Ja4 ja4 = new Ja4();
  private final byte[] fingerprint = new byte[Ja4.BYTES];
  private List<Packet> classic = List.of();
  private List<Packet> postQuantum = List.of();

  /** Finds one hello of each kind. */
  @Setup
  public void read() throws IOException {
    classic = hello("doh-curl.pcapng", 1);
    postQuantum = hello("doh-chromium.pcapng", 2);
  }

  /** The first segments of a client of a capture, which must hold a whole hello. */
  private List<Packet> hello(String capture, int segments) throws IOException {
    List<Packet> hello = LabFrames.clients(capture, Packet.TCP, 443, segments).get(0);
    if (parse(hello) != TlsStatus.CLIENT_HELLO) {
      throw new IllegalStateException(capture + " has no hello in " + segments + " segments");
    }
    return hello;
  }

  private TlsStatus parse(List<Packet> segments) {
    reassembler.reset();
    parser.reset(true);
    reassembler.startAt(segments.get(0).tcpSequence());
    for (int i = 0; i < segments.size(); i++) {
      Packet packet = segments.get(i);
      reassembler.segment(
          packet.tcpSequence(),
          packet.buffer(),
          packet.payloadOffset(),
          packet.capturedPayloadLength(),
          packet.payloadLength(),
          parser);
    }
    return parser.status();
  }

  /** A hello of curl, in one segment. */
  @Benchmark
  public TlsStatus classic() {
    return parse(classic);
  }

  /** A hello of Chromium with a post-quantum key share, over two segments. */
  @Benchmark
  public TlsStatus postQuantum() {
    return parse(postQuantum);
  }

  /** The JA4 fingerprint of the hello that was parsed last: Chromium's. */
  @Benchmark
  public boolean ja4() {
    return ja4.write(parser.hello(), false, fingerprint);
  }
}
