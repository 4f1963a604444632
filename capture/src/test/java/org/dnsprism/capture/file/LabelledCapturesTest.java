// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Frames and link types of the labelled captures, against LABELS.tsv. */
class LabelledCapturesTest {
  private static final String UNREADABLE = "0 frames, as tshark does not read this link type";

  /** Labels, made with tshark, that differ for a known reason. */
  private static final Map<String, String> EXPLAINED =
      Map.of(
          "gopacket__pcapgo__tests__be__test018.pcapng", "tshark counts the 4 custom blocks",
          "libpcap__filter__brcm-tag.pcap", UNREADABLE,
          "ntopng__fuzz__corpus__fuzz_dissect_packet__vtp_asan-2.pcap", UNREADABLE,
          "ntopng__fuzz__corpus__fuzz_dissect_packet__vtp_asan.pcap", UNREADABLE,
          "tcpdump__dsa-high-vid.pcap", UNREADABLE,
          "tcpdump__dsa.pcap", UNREADABLE,
          "tcpdump__juniper_monitor_invalid_cookie_length.pcap", UNREADABLE);

  private static final int FILE = 0;
  private static final int PACKETS = 3;
  private static final int LINK_TYPES = 6;

  private static Path captures() {
    Path root = Path.of(System.getProperty("dnsprism.root", "..")).toAbsolutePath();
    return root.resolveSibling("shared").resolve("pcaps");
  }

  @Test
  void framesAndLinkTypesAreThoseOfTheLabels() throws IOException {
    Path captures = captures();
    assumeTrue(Files.isDirectory(captures), "no labelled captures beside the repository");
    List<String> lines = Files.readAllLines(captures.resolve("LABELS.tsv"));
    List<String> differences = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split("\t", -1);
      Reading reading = Inputs.read(captures.resolve(row[FILE]).toString());
      if (!EXPLAINED.containsKey(row[FILE]) && !agrees(reading, row)) {
        differences.add(String.join(" ", row[FILE], row[PACKETS], row[LINK_TYPES]));
      }
    }
    assertTrue(lines.size() > 1000, "captures compared");
    assertEquals(List.of(), differences);
  }

  /** The label names the link types of all interfaces, also of those without frames. */
  private static boolean agrees(Reading reading, String[] row) {
    List<String> labelled = Arrays.asList(row[LINK_TYPES].split(","));
    return reading.frames().size() == Integer.parseInt(row[PACKETS])
        && (row[LINK_TYPES].equals("-")
            || reading.frames().stream()
                .allMatch(frame -> labelled.contains(String.valueOf(frame.linkType()))));
  }
}
