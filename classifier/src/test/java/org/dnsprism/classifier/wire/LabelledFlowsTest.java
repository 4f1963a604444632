// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

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
import java.util.Map;
import java.util.TreeMap;
import org.dnsprism.classifier.CaptureFile;
import org.junit.jupiter.api.Test;

/**
 * Flows in the labelled captures, against those that tshark found (FLOWS.tsv): five-tuples, packets
 * and bytes of payload.
 */
class LabelledFlowsTest {
  /** Files in which tshark and this code differ, below the reason. */
  private static final String EXPLAINED =
      """
      # tshark names the last hop of a source route as destination
      PcapFlowLab__ip_options__07_ipv4_loose_source_route_udp.pcap
      pcap4j__pcap4j-packettest__src__test__resources__IpV4PacketTest.pcap
      # tshark takes ports from half a UDP or TCP header
      PCAPdroid__app__src__main__jni__tests__pcap__invalid_or_unsupported.pcap
      PcapFlowLab__ip_options__20_ipv4_snaplen_truncated_before_next_header.pcap
      tcpdump__udp-length-heapoverflow.pcap
      # tshark has to be told that a label is a pseudowire
      PcapFlowLab__mpls_pw__04_mpls_pw_eth_ipv6_udp_cw.pcap
      PcapFlowLab__mpls_pw__06_mpls_pw_eth_vlan_ipv4_tcp_cw.pcap
      # a tunnel whose inner header is cut counts here as cut, there as the outer flow
      PcapFlowLab__vxlan__28_vxlan_unsupported_and_nested_matrix.pcap
      PcapFlowLab__vxlan__29_vxlan_capture_truncation_matrix.pcap
      # tshark counts what is behind the end that a wrong UDP length declares
      PcapFlowLab__geneve__28_geneve_udp_declared_bounds_matrix.pcap
      nDPI__fuzz-2006-06-26-2594.pcap
      tcpdump__ripv2-invalid-length.pcap
      zeek__quic__383379789-decrypt-crash.pcap
      # tshark counts the captured part of a first fragment cut by the snap length
      ntopng__fuzz__corpus__fuzz_dissect_packet__bgp-bgp_capabilities_print-oobr-1.pcap
      ntopng__fuzz__corpus__fuzz_dissect_packet__bgp_pmsi_tunnel-oobr.pcap
      # CAPWAP is not decoded
      nDPI__capwap.pcap
      nDPI__capwap_data.pcapng
      # packets in control messages of LISP are not traffic here
      PcapPlusPlus__Tests__ExamplesTest__pcap_examples__ipv6.dmp
      # IP payload compression is not decoded
      libpcap__filter__AH-IPcomp-IPv4.pcap
      # SNAP in 802.1ah, only here
      PcapFlowLab__pbb__08_pbb_inner_llc_snap_ipv4_udp.pcap
      # a jumbogram, only here
      tcpdump__bigtcp-ipv6.pcap
      # IPv4 under the link type of IPv6
      tcpdump__LINKTYPE_IPV6_invalid.pcap
      # PPPoE of another version is malformed here
      PcapFlowLab__pppoe__29_pppoe_session_unsupported_type_with_ipv4_trailer.pcap
      # VXLAN is followed only with sound flags
      PcapFlowLab__vxlan__06_vxlan_invalid_flags_or_reserved_bits.pcap
      # a trailer behind Teredo's IPv6 packet
      zeek__tunnels__teredo_bubble_with_payload.pcap
      # PPP control inside L2TP is not IP here
      dpkt__examples__data__nb6-http.pcap
      # the label leaves out samples that hold IP
      nDPI__sflow.pcap
      # IPv4 options that are wrong do no harm here
      suricata-verify__firewall__tcp-session-decode-malformed-ipv4__input.pcap
      """;

  private final Map<String, List<String>> disagreements = new TreeMap<>();
  private int compared;

  /** What a flow has in both directions together. */
  private record Size(long packets, long bytes) {
    Size plus(Size other) {
      return new Size(packets + other.packets, bytes + other.bytes);
    }
  }

  @Test
  void flowsAreThoseThatTsharkFinds() throws IOException {
    Path captures = captures();
    assumeTrue(Files.isDirectory(captures), "no labelled captures beside the repository");
    Map<String, Map<String, Size>> labels = labels(captures);
    for (String line : lines(captures.resolve("LABELS.tsv"))) {
      String[] row = line.split("\t", -1);
      if (!row[4].equals("snoop")) {
        compare(row[0], labels.getOrDefault(row[0], Map.of()), flows(captures.resolve(row[0])));
      }
    }
    long flows = disagreements.values().stream().mapToLong(List::size).sum();
    System.out.printf("flows as tshark has them: all but %d of %d%n", flows, compared);
    assertTrue(compared > 20_000, "flows compared");
    List<String> explained =
        EXPLAINED.lines().filter(line -> !line.startsWith("#")).sorted().toList();
    assertEquals(explained, List.copyOf(disagreements.keySet()), disagreements::toString);
  }

  private void compare(String file, Map<String, Size> expected, Map<String, Size> found) {
    compared += expected.size();
    Map<String, Size> rest = new TreeMap<>(found);
    expected.forEach(
        (flow, size) -> {
          Size here = rest.remove(flow);
          if (!size.equals(here)) {
            disagree(file, flow + ": tshark " + size + ", here " + here);
          }
        });
    rest.forEach((flow, size) -> disagree(file, flow + ": only here " + size));
  }

  private void disagree(String file, String difference) {
    disagreements.computeIfAbsent(file, unused -> new ArrayList<>()).add(difference);
  }

  private static Map<String, Size> flows(Path file) throws IOException {
    PacketDecoder decoder = new PacketDecoder();
    Packet packet = new Packet();
    Map<String, Size> found = new TreeMap<>();
    CaptureFile.read(
        file,
        (frame, offset, captured, wire, linkType) -> {
          if (decoder.decode(frame, offset, captured, wire, 0, linkType, -1, packet)
              == DecodeStatus.TRANSPORT) {
            found.merge(name(packet), new Size(1, payload(packet)), Size::plus);
            decoder.release();
          }
        });
    return found;
  }

  /** As the label counts: what TCP declares, but what was captured of UDP. */
  private static int payload(Packet packet) {
    return packet.protocol() == Packet.TCP
        ? packet.payloadLength()
        : packet.capturedPayloadLength();
  }

  private static String name(Packet packet) {
    return flow(
        packet.protocol(),
        end(packet.sourceHigh(), packet.sourceLow(), packet.sourcePort()),
        end(packet.destinationHigh(), packet.destinationLow(), packet.destinationPort()));
  }

  private static Map<String, Map<String, Size>> labels(Path captures) throws IOException {
    Map<String, Map<String, Size>> files = new HashMap<>();
    for (String line : lines(captures.resolve("FLOWS.tsv"))) {
      String[] row = line.split("\t", -1);
      int protocol = row[2].equals("tcp") ? Packet.TCP : Packet.UDP;
      String flow = flow(protocol, end(row[4], row[5]), end(row[6], row[7]));
      Size size =
          new Size(
              Long.parseLong(row[8]) + Long.parseLong(row[9]),
              Long.parseLong(row[10]) + Long.parseLong(row[11]));
      files.computeIfAbsent(row[0], unused -> new TreeMap<>()).put(flow, size);
    }
    return files;
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    return lines.subList(1, lines.size());
  }

  /** One name for both directions. */
  private static String flow(int protocol, String one, String other) {
    return one.compareTo(other) <= 0
        ? protocol + " " + one + " " + other
        : protocol + " " + other + " " + one;
  }

  private static String end(String address, String port) throws IOException {
    byte[] bytes = InetAddress.getByName(address).getAddress();
    ByteBuffer buffer = ByteBuffer.allocate(16);
    if (bytes.length == 4) {
      buffer.putLong(0).putInt(0xffff);
    }
    buffer.put(bytes).flip();
    return end(buffer.getLong(), buffer.getLong(), Integer.parseInt(port));
  }

  private static String end(long high, long low, int port) {
    return "%x:%x.%d".formatted(high, low, port);
  }

  private static Path captures() {
    Path root = Path.of(System.getProperty("dnsprism.root", "..")).toAbsolutePath();
    return root.resolveSibling("shared").resolve("pcaps");
  }
}
