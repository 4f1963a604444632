// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.dnsprism.classifier.CaptureFile;
import org.dnsprism.classifier.quic.DecryptionBudget;
import org.dnsprism.classifier.quic.QuicCounters;
import org.dnsprism.classifier.quic.QuicCrypto;
import org.dnsprism.classifier.quic.QuicFlow;
import org.dnsprism.classifier.quic.QuicStatus;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tcp.TcpCounters;
import org.dnsprism.classifier.tcp.TcpReassembler;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.PacketDecoder;
import org.junit.jupiter.api.Test;

/**
 * Server names and protocols in the labelled captures, against what tshark reads in them (columns
 * sni, alpn_offered and quic_version of FLOWS.tsv).
 */
class LabelledCapturesTest {
  /** Flows in which tshark and this code differ for a known reason. */
  private static final Map<String, String> EXPLAINED =
      Map.of(
          "nDPI__capwap_data.pcapng 1", "inside CAPWAP, which is not decoded",
          "nDPI__quic_t50.pcap 1", "T050 is counted as Google QUIC and not decrypted",
          "nDPI__quic_t51.pcap 1", "T051 likewise",
          "nfstream__quic_t51.pcap 1", "T051 likewise",
          "tcpdump__quic_handshake_truncated.pcap 1", "read in a packet cut by the snap length",
          "tcpdump__quic_vn.pcap 1", "a greased version is decrypted here",
          "wireshark__wireguard-ping-tcp-dsb.pcapng 1", "inside WireGuard, file holds the keys",
          "zeek__quic__interop__quic-go_quic-go__zerortt.pcap 1", "name with a port is no name",
          "zeek__quic__interop__quic-go_quic-go__zerortt.pcap 2", "name with a port is no name");

  private static final int SYN = 0x02;
  private static final int ACK = 0x10;

  private final ReassemblyMemory memory = new ReassemblyMemory(64 << 20);
  private final TcpCounters tcpCounters = new TcpCounters();
  private final TlsCounters tlsCounters = new TlsCounters();
  private final QuicCounters quicCounters = new QuicCounters();
  private final QuicCrypto crypto = new QuicCrypto(new DecryptionBudget(1 << 30), quicCounters);
  private final List<String> disagreements = new ArrayList<>();
  private final List<String> differentAnswers = new ArrayList<>();
  private int compared;
  private int comparedAnswers;

  @Test
  void namesAndProtocolsAgreeWithTshark() throws IOException {
    Path captures = captures();
    assumeTrue(Files.isDirectory(captures), "no labelled captures beside the repository");
    for (Map.Entry<String, Map<String, Label>> file : labels(captures).entrySet()) {
      compare(captures.resolve(file.getKey()), file.getValue());
    }
    int agreed = compared - disagreements.size();
    System.out.printf("hellos agreeing with tshark: %d of %d%n", agreed, compared);
    disagreements.forEach(System.out::println);
    System.out.printf(
        "chosen protocols agreeing: %d of %d%n",
        comparedAnswers - differentAnswers.size(), comparedAnswers);
    assertTrue(compared > 1000, "flows compared");
    assertTrue(comparedAnswers > 200, "answers compared");
    assertEquals(List.of(), differentAnswers);
    assertEquals(
        List.of(), disagreements.stream().filter(line -> line.endsWith("; unexplained")).toList());
  }

  private void compare(Path file, Map<String, Label> flows) throws IOException {
    PacketDecoder decoder = new PacketDecoder();
    Packet packet = new Packet();
    CaptureFile.read(
        file,
        (frame, offset, captured, wire, linkType) -> {
          DecodeStatus status =
              decoder.decode(frame, offset, captured, wire, 0, linkType, -1, packet);
          if (status == DecodeStatus.TRANSPORT) {
            dispatch(packet, flows);
            decoder.release();
          }
        });
    for (Label label : flows.values()) {
      label.finish();
      compared++;
      String difference = label.difference();
      String name = file.getFileName() + " " + label.row[1];
      if (!difference.isEmpty()) {
        disagreements.add(
            name + ": " + difference + "; " + EXPLAINED.getOrDefault(name, "unexplained"));
      }
    }
  }

  private void dispatch(Packet packet, Map<String, Label> flows) {
    String source = packet.sourceHigh() + ":" + packet.sourceLow() + ":" + packet.sourcePort();
    String destination =
        packet.destinationHigh() + ":" + packet.destinationLow() + ":" + packet.destinationPort();
    Label label = flows.get(packet.protocol() + " " + source + " " + destination);
    if (label != null) {
      label.fromClient(packet);
      return;
    }
    label = flows.get(packet.protocol() + " " + destination + " " + source);
    if (label != null) {
      label.fromServer(packet);
    }
  }

  private Map<String, Map<String, Label>> labels(Path captures) throws IOException {
    Map<String, Map<String, Label>> files = new TreeMap<>();
    List<String> lines = Files.readAllLines(captures.resolve("FLOWS.tsv"), StandardCharsets.UTF_8);
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split("\t", -1);
      boolean told = !row[17].equals("-") || !row[18].equals("-") || !row[20].equals("-");
      if (told && !row[20].startsWith("Q")) {
        String key =
            (row[2].equals("tcp") ? 6 : 17) + " " + end(row[4], row[5]) + " " + end(row[6], row[7]);
        files.computeIfAbsent(row[0], unused -> new HashMap<>()).put(key, new Label(row));
      }
    }
    return files;
  }

  private static String end(String address, String port) throws IOException {
    byte[] bytes = InetAddress.getByName(address).getAddress();
    ByteBuffer buffer = ByteBuffer.allocate(16);
    if (bytes.length == 4) {
      buffer.putLong(0).putInt(0xffff);
    }
    buffer.put(bytes).flip();
    return buffer.getLong() + ":" + buffer.getLong() + ":" + port;
  }

  private static Path captures() {
    Path root = Path.of(System.getProperty("dnsprism.root", "..")).toAbsolutePath();
    return root.resolveSibling("shared").resolve("pcaps");
  }

  /** A line of FLOWS.tsv and the parsers that read its flow. */
  private final class Label {
    private final String[] row;
    private final boolean tcp;
    private boolean packetsSeen;
    private boolean swapped;
    private final TcpReassembler reassembler = new TcpReassembler(memory, tcpCounters);
    private final TlsStreamParser tls = new TlsStreamParser(memory, tlsCounters);
    private final TcpReassembler serverReassembler = new TcpReassembler(memory, tcpCounters);
    private final ServerFlight flight = new ServerFlight(memory);
    private final QuicFlow quic = new QuicFlow(crypto, memory);

    Label(String[] row) {
      this.row = row;
      this.tcp = row[2].equals("tcp");
      tls.reset(false);
    }

    void fromClient(Packet packet) {
      if (tcp && (packet.tcpFlags() & (SYN | ACK)) == (SYN | ACK)) {
        // The label takes the sender of the first packet for the client, where no SYN was seen.
        swapped |= !packetsSeen;
      }
      packetsSeen = true;
      if (swapped) {
        fromRealServer(packet);
      } else {
        fromRealClient(packet);
      }
    }

    void fromServer(Packet packet) {
      packetsSeen = true;
      if (swapped) {
        fromRealClient(packet);
      } else {
        fromRealServer(packet);
      }
    }

    private void fromRealClient(Packet packet) {
      if (!tcp) {
        quic.onClientDatagram(
            packet.buffer(), packet.payloadOffset(), packet.capturedPayloadLength(), 0);
        return;
      }
      long sequence = packet.tcpSequence() + ((packet.tcpFlags() & SYN) != 0 ? 1 : 0);
      if ((packet.tcpFlags() & SYN) != 0 && tls.status() == TlsStatus.UNDECIDED) {
        reassembler.startAt(sequence);
      }
      reassembler.segment(
          sequence,
          packet.buffer(),
          packet.payloadOffset(),
          packet.capturedPayloadLength(),
          packet.payloadLength(),
          tls);
    }

    private void fromRealServer(Packet packet) {
      if (!tcp) {
        quic.onServerDatagram(
            packet.buffer(), packet.payloadOffset(), packet.capturedPayloadLength(), 0);
        return;
      }
      if ((packet.tcpFlags() & ACK) != 0) {
        reassembler.acknowledged(packet.tcpAcknowledgment(), tls);
      }
      long sequence = packet.tcpSequence() + ((packet.tcpFlags() & SYN) != 0 ? 1 : 0);
      if ((packet.tcpFlags() & SYN) != 0) {
        serverReassembler.startAt(sequence);
      }
      serverReassembler.segment(
          sequence,
          packet.buffer(),
          packet.payloadOffset(),
          packet.capturedPayloadLength(),
          packet.payloadLength(),
          flight);
    }

    void finish() {
      if (tcp) {
        reassembler.flush(tls);
        tls.finish();
        serverReassembler.flush(flight);
        // Embedded secrets let tshark read what TLS 1.3 encrypts.
        if (!row[19].equals("-") && flight.version() < 0x0304) {
          comparedAnswers++;
          if (!row[19].equals(AlpnText.join(flight.alpnBytes(), flight.alpnLength()))) {
            differentAnswers.add(
                row[0]
                    + " "
                    + row[1]
                    + ": "
                    + row[19]
                    + ", here "
                    + AlpnText.join(flight.alpnBytes(), flight.alpnLength())
                    + " "
                    + flight.version());
          }
        }
      } else {
        quic.finish();
      }
    }

    String difference() {
      ClientHello hello = tcp ? tls.hello() : quic.hello();
      boolean read =
          tcp
              ? tls.status() == TlsStatus.CLIENT_HELLO
                  || tls.status() == TlsStatus.PARTIAL_CLIENT_HELLO
              : quic.status().compareTo(QuicStatus.PARTIAL_CLIENT_HELLO) >= 0;
      String name = read && hello.sni() != null ? hello.sni() : "-";
      String alpn = read && hello.alpn() != null ? hello.alpn() : "-";
      String expectedName = row[17].split(",", -1)[0].toLowerCase(Locale.ROOT);
      boolean agreed =
          name.equals(expectedName)
              && (alpn + ",").startsWith(row[18] + ",")
              && (tcp || quic.status().compareTo(QuicStatus.GQUIC) >= 0);
      return agreed
          ? ""
          : "tshark %s [%s] %s, here %s [%s] %s %s (%s)"
              .formatted(
                  row[17],
                  row[18],
                  row[20],
                  name,
                  alpn,
                  tcp ? tls.status() : quic.status(),
                  Integer.toHexString(quic.version()),
                  row[21]);
    }
  }
}
