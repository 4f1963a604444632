// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.jmh.LabFrames;
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

/** The first datagrams of a QUIC connection, and their parts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class QuicInitialBenchmark {
  private final QuicCrypto crypto =
      new QuicCrypto(new DecryptionBudget(Integer.MAX_VALUE), new QuicCounters());
  private final QuicFlow flow = new QuicFlow(crypto, new ReassemblyMemory(1 << 20));
  private final InitialKeys keys = new InitialKeys();
  private final InitialKeys otherKeys = new InitialKeys();
  private final LongHeader header = new LongHeader();
  private List<List<Packet>> scattered = List.of();
  private List<List<Packet>> single = List.of();
  private int next;

  /** Finds the datagrams. */
  @Setup
  public void read() throws IOException {
    scattered = hellos("doh3-chromium.pcapng", 443, 2);
    single = hellos("doq-kdig.pcapng", 853, 1);
    readHeader();
    setConnectionId(keys, 0);
    setConnectionId(otherKeys, 1);
    deriveKeys();
    crypto.derive(otherKeys, QuicVersion.V1, true);
    if (decryption() < 0) {
      throw new IllegalStateException("the first Initial does not open");
    }
  }

  /** The first datagrams of each connection to a port, which must hold a whole hello. */
  private List<List<Packet>> hellos(String capture, int port, int datagrams) throws IOException {
    Map<Integer, List<Packet>> byClient = new TreeMap<>();
    for (Packet packet : LabFrames.packets(capture)) {
      if (packet.protocol() == Packet.UDP && packet.destinationPort() == port) {
        byClient.computeIfAbsent(packet.sourcePort(), any -> new ArrayList<>()).add(packet);
      }
    }
    List<List<Packet>> hellos = new ArrayList<>();
    for (List<Packet> packets : byClient.values()) {
      List<Packet> hello = List.copyOf(packets.subList(0, datagrams));
      if (read(hello) != QuicStatus.CLIENT_HELLO) {
        throw new IllegalStateException(capture + " has no hello in " + datagrams + " datagrams");
      }
      hellos.add(hello);
    }
    return hellos;
  }

  private QuicStatus readNext(List<List<Packet>> hellos) {
    next = next + 1 < hellos.size() ? next + 1 : 0;
    return read(hellos.get(next));
  }

  private QuicStatus read(List<Packet> datagrams) {
    flow.reset();
    for (int i = 0; i < datagrams.size(); i++) {
      Packet packet = datagrams.get(i);
      flow.onClientDatagram(
          packet.buffer(), packet.payloadOffset(), packet.capturedPayloadLength(), 0);
    }
    return flow.status();
  }

  private void readHeader() {
    Packet packet = single.get(0).get(0);
    int end = packet.payloadOffset() + packet.capturedPayloadLength();
    if (!header.read(packet.buffer(), packet.payloadOffset(), end)) {
      throw new IllegalStateException("no long header");
    }
  }

  private void setConnectionId(InitialKeys of, int flipped) {
    ByteBuf buffer = single.get(0).get(0).buffer();
    of.setConnectionId(buffer, header.dcidOffset, header.dcidLength);
    of.connectionId[0] ^= (byte) flipped;
  }

  /** A hello of Chromium in scattered frames of two datagrams: keys, decryption, hello. */
  @Benchmark
  public QuicStatus helloOverTwoDatagrams() {
    return readNext(scattered);
  }

  /** A hello of kdig in one datagram: keys, decryption, hello. */
  @Benchmark
  public QuicStatus helloInOneDatagram() {
    return readNext(single);
  }

  /** The keys of one direction. */
  @Benchmark
  public int deriveKeys() {
    crypto.derive(keys, QuicVersion.V1, true);
    return keys.version;
  }

  /** Decryption of one datagram with keys that the flow has. */
  @Benchmark
  public int decryption() {
    return crypto.open(keys, single.get(0).get(0).buffer(), header, -1);
  }

  /** Two decryptions, with the keys of two flows in turn; the first tag is wrong. */
  @Benchmark
  public int decryptionsOfTwoFlows() {
    return crypto.open(otherKeys, single.get(0).get(0).buffer(), header, -1) + decryption();
  }
}
