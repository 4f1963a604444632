// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord.ListInfo;
import org.dnsprism.pipeline.record.WindowRecord.Shares;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TerminalReportTest {
  private static final String SEQUENCE = "\u001b\\[[0-9;]*m";

  static Stream<SummaryRecord> summaries() {
    return Stream.of(Traffic.evening(), Traffic.monstrous(), new Traffic()).map(Traffic::summary);
  }

  @ParameterizedTest
  @MethodSource("summaries")
  void noLineIsWiderThanTheTerminal(SummaryRecord summary) {
    for (int width = 60; width <= 160; width++) {
      for (boolean unicode : new boolean[] {true, false}) {
        for (String line : lines(summary, new ReportStyle(width, false, unicode))) {
          assertTrue(columns(line) <= width, width + ": " + line);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("summaries")
  void noLineEndsInASpace(SummaryRecord summary) {
    for (int width = 60; width <= 160; width += 5) {
      for (String line : lines(summary, new ReportStyle(width, false, true))) {
        assertEquals(line.stripTrailing(), line);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("summaries")
  void withoutColorThereIsNoEscape(SummaryRecord summary) {
    assertFalse(render(summary, 100).contains("\u001b"));
  }

  @ParameterizedTest
  @MethodSource("summaries")
  void colorChangesNothingButSequences(SummaryRecord summary) {
    String colored = TerminalReport.render(summary, new ReportStyle(100, true, true));
    assertTrue(colored.contains("\u001b[1m"));
    assertEquals(render(summary, 100), colored.replaceAll(SEQUENCE, ""));
  }

  @ParameterizedTest
  @MethodSource("summaries")
  void withoutUnicodeThereIsOnlyAscii(SummaryRecord summary) {
    String text = TerminalReport.render(summary, new ReportStyle(100, true, false));
    assertTrue(text.codePoints().allMatch(point -> point < 0x7f), text);
  }

  @ParameterizedTest
  @MethodSource("summaries")
  void figuresStandUnderEachOther(SummaryRecord summary) {
    for (int width : new int[] {60, 80, 100, 160}) {
      List<String> lines = lines(summary, new ReportStyle(width, false, false));
      for (String heading : List.of("Transports", "Operators", "Countries")) {
        List<String> rows = rows(lines, heading);
        int end = rows.isEmpty() ? 0 : endOf(rows.get(0), "share");
        assertTrue(summary.whole().frames() == 0 || rows.size() > 3, heading);
        for (String row : rows.subList(Math.min(1, rows.size()), rows.size())) {
          assertTrue(row.substring(0, end).matches(".*(%|apart| -)"), row);
          assertTrue(row.length() == end || row.charAt(end) == ' ', row);
        }
      }
    }
  }

  @Test
  void figuresAreThoseOfTheRecord() {
    List<String> lines = lines(Traffic.evening().summary(), new ReportStyle(100, false, false));
    assertHas(lines, "do53-udp 6,000 7,000 14,000 1.50 MB 60.0 %");
    assertHas(lines, "dot 1,000 ~12,000 (11,900 to 12,400) 45,000 9.10 MB 10.0 %");
    assertHas(lines, "doh 2,000 ~30,000 110,000 31.0 MB 20.0 %");
    assertHas(lines, "doh3 900 - 29,000 8.00 MB 9.0 %");
    assertHas(lines, "total 10,000 ~49,110 (49,010 to 49,510) 199,000 49.7 MB 100.0 %");
    assertHas(lines, "mdns 40 700 1,000 90.0 kB apart");
    assertHas(
        lines, "39.0 % of flows encrypted (35.2 % to 39.2 %) | 2 operators carry 70 % of known");
    assertHas(lines, "3,900 of 10,000 flows between clients and resolvers are encrypted");
    assertHas(lines, "they hold 96.7 % of the bytes");
    assertHas(lines, "The network's own resolvers take 40.2 % of flows.");
    assertHas(lines, "Cloudflare US 2,500 12 25.0 % doh doh3 do53-udp");
    assertHas(lines, "not in the list - 1,000 12 10.0 % do53-udp");
    assertHas(lines, "United States 2 4,500 30.0 MB 45.0 %");
    assertHas(lines, "operator, flows 3,241 high 44.4 % 94.4 % 100.0 % 3.1 2 3");
    assertHas(lines, "operator, bytes 1,899 moderate 40.0 % 80.0 % 95.0 % 5.3 3 4");
    assertHas(lines, "do53-udp answer 840 us 12.3 ms 98.8 ms 1.50 s");
    assertHas(lines, "dot handshake 11.0 ms 24.0 ms 61.0 ms 210 ms");
    assertHas(lines, "use-application-dns.net 5");
    assertHas(lines, "DDR 17");
    assertHas(lines, "1,234,567 frames = 200,000 DNS + 1,034,567 other + 0 undecodable");
    assertHas(lines, "25,065 flows opened = 25,065 ended (fin 9,000, idle 15,000, eof 1,065)");
    assertHas(lines, "newest source 2026-08-21 | 91 days older than the traffic | 2,310 entries");
  }

  @Test
  void headSaysWhatWasRead() {
    List<String> lines = lines(Traffic.evening().summary(), new ReportStyle(120, false, false));
    assertEquals("dnsprism  evening-1.pcapng, evening-2.pcapng.zst", lines.get(0));
    assertEquals(
        "  2026-11-20 18:00:00 - 18:05:12 UTC | 5 min 12 s | 1,234,567 packets | 812 MB"
            + " | 3,951 packets/s",
        lines.get(1));
  }

  @Test
  void factsThatDoNotFitGoToTheNextLine() {
    List<String> lines = lines(Traffic.evening().summary(), new ReportStyle(60, false, false));
    assertEquals("  2026-11-20 18:00:00 - 18:05:12 UTC | 5 min 12 s", lines.get(1));
    assertEquals("  1,234,567 packets | 812 MB | 3,951 packets/s", lines.get(2));
  }

  @Test
  void captureOverMidnightNamesBothDays() {
    Traffic traffic = Traffic.evening();
    traffic.last = "2026-11-21T00:00:01.000000Z";
    assertTrue(render(traffic.summary(), 120).contains("18:00:00 – 2026-11-21 00:00:01 UTC"));
  }

  @Test
  void manyFilesAreCounted() {
    Traffic traffic = new Traffic();
    IntStream.range(0, 1500).forEach(i -> traffic.files.add("/var/tmp/hour-" + i + ".pcap"));
    String title = lines(traffic.summary(), new ReportStyle(80, false, true)).get(0);
    assertEquals(
        "dnsprism  hour-0.pcap, hour-1.pcap, hour-2.pcap, hour-3.pcap and 1,496 more", title);
  }

  @Test
  void noTrafficIsSaidAndNothingIsInvented() {
    String text = render(new Traffic().summary(), 80);
    assertTrue(text.contains("No DNS between clients and resolvers was seen."));
    assertTrue(text.contains("There was no packet to count."));
    assertFalse(text.contains("NaN"));
    assertFalse(text.contains("Infinity"));
    assertFalse(text.contains("null"));
    assertFalse(text.contains("%"));
    assertFalse(text.contains("lost"));
  }

  @Test
  void namesCannotSteerTheTerminal() {
    Traffic traffic = Traffic.evening();
    traffic.files.add(0, "evil\u001b]0;title\u0007\r\n.pcap");
    traffic.operator("Mallory\u001b[2J\u202e", "US", 10, "dot");
    traffic.canaries.put("a\u009bm.example", 3L);
    String text = render(traffic.summary(), 160);
    assertTrue(text.contains("evil?]0;title???.pcap"));
    assertTrue(text.contains("Mallory?[2J?"));
    assertTrue(text.contains("a?m.example"));
    assertTrue(text.codePoints().noneMatch(p -> Character.isISOControl(p) && p != '\n'));
  }

  @Test
  void ownResolversAreLeftOutWhenNobodyNamedThem() {
    Traffic traffic = Traffic.evening();
    traffic.own = null;
    assertFalse(render(traffic.summary(), 100).contains("own resolvers"));
  }

  @Test
  void encryptedTrafficWithoutSharesIsNotAPercentage() {
    Traffic traffic = new Traffic();
    traffic.frames = 10;
    traffic.otherFrames = 10;
    traffic.suspected = 1;
    traffic.transport("suspected", 1, 10, 1000, 0);
    traffic.encrypted = new Shares(null, null, null, null, null);
    assertTrue(render(traffic.summary(), 100).contains("no resolver traffic"));
  }

  @Test
  void moreOperatorsThanShownAreSummedUp() {
    Traffic traffic = new Traffic();
    traffic.frames = 1;
    traffic.transport("dot", 1200, 1, 1, 0);
    for (int i = 0; i < 12; i++) {
      traffic.operator("Operator " + (char) ('A' + i), "NL", 100, "dot");
    }
    traffic.operatorsSeen = 12;
    List<String> lines = lines(traffic.summary(), new ReportStyle(100, false, false));
    assertHas(lines, "Operator J NL 100");
    assertHas(lines, "2 others 200 16.7 %");
    assertFalse(String.join("\n", lines).contains("Operator K"));
  }

  @Test
  void ageOfTheListIsToldByTheTimeOfTheTraffic() {
    Traffic traffic = Traffic.evening();
    List<String> lines = lines(traffic.summary(), new ReportStyle(200, false, false));
    assertHas(lines, "newest source 2026-08-21");
    assertHas(lines, "91 days older than the traffic");
    traffic.list = new ListInfo("v", "d", 1, 0, "2026-08-21", 400L, true);
    assertHas(
        lines(traffic.summary(), new ReportStyle(200, false, false)),
        "400 days older than the traffic: too old, update it");
    traffic.list = new ListInfo("v", "d", 1, 0, "2026-08-21", -3L, false);
    assertHas(
        lines(traffic.summary(), new ReportStyle(200, false, false)),
        "3 days newer than the traffic");
  }

  private static String render(SummaryRecord summary, int width) {
    return TerminalReport.render(summary, new ReportStyle(width, false, true));
  }

  private static List<String> lines(SummaryRecord summary, ReportStyle style) {
    return TerminalReport.render(summary, style).lines().toList();
  }

  /** The table of a section: its lines up to the first that is no row of figures. */
  private static List<String> rows(List<String> lines, String section) {
    return lines.stream()
        .dropWhile(line -> !line.startsWith(section + " "))
        .skip(1)
        .takeWhile(line -> line.matches(".*( share|%|apart| -)( .*)?"))
        .toList();
  }

  private static int endOf(String line, String word) {
    return line.indexOf(" " + word) + 1 + word.length();
  }

  private static void assertHas(List<String> lines, String words) {
    boolean found =
        lines.stream().anyMatch(line -> line.strip().replaceAll(" +", " ").contains(words));
    assertTrue(found, words + " is not in\n" + String.join("\n", lines));
  }

  /** Columns of a line whose only wide characters are Chinese ones. */
  private static int columns(String line) {
    return line.codePoints()
        .map(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN ? 2 : 1)
        .sum();
  }
}
