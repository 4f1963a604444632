// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dnsprism.classifier.CaptureFile;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.PacketDecoder;
import org.junit.jupiter.api.Test;

/** Queries and responses on UDP port 53 of the labelled captures, as tshark counted them. */
class LabelledMessagesTest {
  private static final String LINK = "a link type that is not decoded";
  private static final String CUT = "a message cut by the sender or the snap length";
  private static final String BAD = "messages that tshark calls malformed, too";

  /** Files in which not every message that tshark counts is whole here, for a known reason. */
  private static final Map<String, String> EXPLAINED =
      Map.ofEntries(
          Map.entry(
              "PCAPdroid__app__src__main__jni__tests__pcap__invalid_or_unsupported.pcap", CUT),
          Map.entry("PcapFlowLab__dns__14_dns_ipv4_truncated_message.pcap", CUT),
          Map.entry("PcapFlowLab__dns__16_dns_ipv4_malformed_pointer_loop.pcap", BAD),
          Map.entry("PcapPlusPlus__dns_stack_overflow.pcap", BAD),
          Map.entry("PcapPlusPlus__gtp.pcap", "GTP that is sent from its port, not to it"),
          Map.entry("compactor__test-scripts__knot-live.ignored.pcap", "names beyond 255 octets"),
          Map.entry("compactor__test-scripts__knot-live.raw.pcap", "names beyond 255 octets"),
          Map.entry("dpkt__examples__data__truncated_dns.pcap", CUT),
          Map.entry("dpkt__examples__data__truncated_dns_2.pcap", CUT),
          Map.entry("libpcap__filter__arcnet-rfc1051-arp-icmp-http.pcap", LINK),
          Map.entry("nDPI__badpackets.pcap", BAD),
          Map.entry("nDPI__fuzz-2006-06-26-2594.pcap", BAD),
          Map.entry("suricata-verify__dns__dns-forward-pointer__input.pcap", "points forwards"),
          Map.entry("tcpdump__LINKTYPE_PKTAP.pcap", LINK),
          Map.entry("tcpdump__LINKTYPE_USER2_PKTAP.pcap", LINK),
          Map.entry("tcpdump__arcnet-rfc1051-arp-icmp-http.pcap", LINK),
          Map.entry("tcpdump__dns_udp_2.pcap", CUT),
          Map.entry("zeek__dns-edns-ecs-bad.pcap", BAD),
          Map.entry("zeek__dns__dns-invalid-names.pcap", BAD),
          Map.entry("zeek__tunnels__vxlan-triple-v2.pcap", "three tunnels in each other"));

  private static final int FILE = 0;
  private static final int CLIENT_PORT = 5;
  private static final int SERVER_PORT = 7;
  private static final int LABEL = 13;
  private static final int QUERIES = 15;
  private static final int RESPONSES = 16;

  private final DnsParser parser = new DnsParser();
  private final DnsMessage message = new DnsMessage();

  /** Messages of one file. */
  private static final class Counts {
    private int queries;
    private int responses;
    private int whole;

    boolean allWholeAnd(Counts label) {
      return queries == label.queries
          && responses == label.responses
          && whole == queries + responses;
    }

    void count(DnsMessage message, DnsStatus status) {
      queries += message.response() ? 0 : 1;
      responses += message.response() ? 1 : 0;
      whole += status == DnsStatus.WHOLE ? 1 : 0;
    }
  }

  private static Path captures() {
    Path root = Path.of(System.getProperty("dnsprism.root", "..")).toAbsolutePath();
    return root.resolveSibling("shared").resolve("pcaps");
  }

  @Test
  void queriesAndResponsesAreThoseOfTshark() throws IOException {
    Path captures = captures();
    assumeTrue(Files.isDirectory(captures), "no labelled captures beside the repository");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Map.Entry<String, Counts> file : labels(captures).entrySet()) {
      if (!EXPLAINED.containsKey(file.getKey())) {
        Counts label = file.getValue();
        Counts read = read(captures.resolve(file.getKey()));
        compared += label.queries + label.responses;
        if (!read.allWholeAnd(label)) {
          differences.add(file.getKey());
        }
      }
    }
    assertTrue(compared > 10_000, "messages compared");
    assertEquals(List.of(), differences);
  }

  private Counts read(Path file) throws IOException {
    Counts counts = new Counts();
    PacketDecoder decoder = new PacketDecoder();
    Packet packet = new Packet();
    CaptureFile.read(
        file,
        (frame, offset, captured, wire, linkType) -> {
          DecodeStatus status =
              decoder.decode(frame, offset, captured, wire, 0, linkType, -1, packet);
          if (status == DecodeStatus.TRANSPORT) {
            parse(packet, counts);
            decoder.release();
          }
        });
    return counts;
  }

  private void parse(Packet packet, Counts counts) {
    if (packet.protocol() != 17 || (packet.sourcePort() != 53 && packet.destinationPort() != 53)) {
      return;
    }
    DnsStatus status =
        parser.parse(
            packet.buffer(),
            packet.payloadOffset(),
            packet.capturedPayloadLength(),
            packet.payloadLength(),
            DnsDialect.EXPECTED,
            message);
    if (status != DnsStatus.NOT_DNS) {
      counts.count(message, status);
    }
  }

  /** Sums of the flows of each file. */
  private static Map<String, Counts> labels(Path captures) throws IOException {
    Map<String, Counts> files = new TreeMap<>();
    List<String> lines = Files.readAllLines(captures.resolve("FLOWS.tsv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split("\t", -1);
      if (row[LABEL].equals("do53-udp")
          && (row[CLIENT_PORT].equals("53") || row[SERVER_PORT].equals("53"))) {
        Counts counts = files.computeIfAbsent(row[FILE], name -> new Counts());
        counts.queries += number(row[QUERIES]);
        counts.responses += number(row[RESPONSES]);
      }
    }
    return files;
  }

  private static int number(String field) {
    return field.equals("-") ? 0 : Integer.parseInt(field);
  }
}
