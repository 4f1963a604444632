// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.jmh.LabFrames;
import org.dnsprism.jmh.StepBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** The first datagrams of a QUIC connection, and their parts. */
public class QuicInitialBenchmark extends StepBenchmark {
  private final QuicCrypto crypto =
      new QuicCrypto(new DecryptionBudget(Integer.MAX_VALUE), new QuicCounters());
  private final QuicFlow flow = new QuicFlow(crypto, new ReassemblyMemory(1 << 20));
  private final InitialKeys keys = new InitialKeys();
  private final InitialKeys otherKeys = new InitialKeys();
  private final LongHeader header = new LongHeader();
  private List<List<Packet>> scattered = List.of();
  private List<List<Packet>> single = List.of();

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
    List<List<Packet>> hellos = LabFrames.clients(capture, Packet.UDP, port, datagrams);
    for (List<Packet> hello : hellos) {
      if (read(hello) != QuicStatus.CLIENT_HELLO) {
        throw new IllegalStateException(capture + " has no hello in " + datagrams + " datagrams");
      }
    }
    return hellos;
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
    return read(next(scattered));
  }

  /** A hello of kdig in one datagram: keys, decryption, hello. */
  @Benchmark
  public QuicStatus helloInOneDatagram() {
    return read(next(single));
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
