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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.dnsprism.classifier.CaptureFile;
import org.junit.jupiter.api.Test;

/** The five-tuples in the labelled captures, against those that tshark found (FLOWS.tsv). */
class LabelledFlowsTest {
  private static final Map<String, String> EXPLAINED = Map.of();

  private final List<String> disagreements = new ArrayList<>();
  private int compared;
  private int missing;
  private int extra;

  @Test
  void flowsAreThoseThatTsharkFinds() throws IOException {
    Path captures = captures();
    assumeTrue(Files.isDirectory(captures), "no labelled captures beside the repository");
    Map<String, Set<String>> labels = labels(captures);
    for (String line : lines(captures.resolve("LABELS.tsv"))) {
      String[] row = line.split("\t", -1);
      if (row[4].equals("snoop")) {
        continue;
      }
      Set<String> expected = labels.getOrDefault(row[0], Set.of());
      Map<DecodeStatus, Integer> statuses = new EnumMap<>(DecodeStatus.class);
      Set<String> found = flows(captures.resolve(row[0]), statuses);
      compared += expected.size();
      Set<String> less = new TreeSet<>(expected);
      less.removeAll(found);
      Set<String> more = new TreeSet<>(found);
      more.removeAll(expected);
      missing += less.size();
      extra += more.size();
      if (!less.isEmpty() || !more.isEmpty()) {
        disagreements.add(
            row[0]
                + " robust="
                + row[13]
                + " lt="
                + row[6]
                + " -"
                + less.size()
                + " +"
                + more.size()
                + " of "
                + expected.size()
                + statuses
                + " "
                + less.stream().limit(3).toList()
                + " "
                + more.stream().limit(3).toList());
      }
    }
    System.out.printf("flows %d missing %d extra %d%n", compared, missing, extra);
    disagreements.forEach(System.out::println);
    assertTrue(compared > 20_000, "flows compared");
    assertEquals(Map.of(), EXPLAINED);
  }

  private static Set<String> flows(Path file, Map<DecodeStatus, Integer> statuses)
      throws IOException {
    PacketDecoder decoder = new PacketDecoder();
    Packet packet = new Packet();
    Set<String> found = new TreeSet<>();
    CaptureFile.read(
        file,
        (frame, offset, captured, wire, linkType) -> {
          DecodeStatus status =
              decoder.decode(frame, offset, captured, wire, 0, linkType, -1, packet);
          statuses.merge(status, 1, Integer::sum);
          if (status == DecodeStatus.TRANSPORT) {
            found.add(
                flow(
                    packet.protocol(),
                    end(packet.sourceHigh(), packet.sourceLow(), packet.sourcePort()),
                    end(
                        packet.destinationHigh(),
                        packet.destinationLow(),
                        packet.destinationPort())));
            decoder.release();
          }
        });
    return found;
  }

  private static Map<String, Set<String>> labels(Path captures) throws IOException {
    Map<String, Set<String>> files = new HashMap<>();
    for (String line : lines(captures.resolve("FLOWS.tsv"))) {
      String[] row = line.split("\t", -1);
      String flow =
          flow(
              row[2].equals("tcp") ? Packet.TCP : Packet.UDP,
              end(row[4], row[5]),
              end(row[6], row[7]));
      files.computeIfAbsent(row[0], unused -> new TreeSet<>()).add(flow);
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
