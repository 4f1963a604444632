// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;

/** What was read: files, time, packets and bytes. */
final class HeadSection {
  private static final String NAME = "dnsprism";
  private static final int[] SPECTRUM = {203, 208, 178, 35, 37, 33, 99, 170};
  private static final String STANDARD_INPUT = "-";
  private static final int DATE_LENGTH = "2026-11-23".length();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd\u00a0HH:mm:ss").withZone(ZoneOffset.UTC);

  private HeadSection() {}

  static void write(SummaryRecord summary, Page page) {
    Text name = Text.EMPTY;
    for (int i = 0; i < NAME.length(); i++) {
      name = name.plus(NAME.substring(i, i + 1), Tone.hue(SPECTRUM[i]));
    }
    int room = page.room() - name.width();
    page.title(name.plus("  ").plus(files(summary.files(), room, page.glyphs()), Tone.STRONG));
    page.facts(facts(summary, page.glyphs()));
  }

  private static List<Text> facts(SummaryRecord summary, Glyphs glyphs) {
    WindowRecord whole = summary.whole();
    List<Text> facts = new ArrayList<>();
    String first = summary.firstPacket();
    String last = summary.lastPacket();
    if (first != null && last != null) {
      facts.add(Text.of(span(first, last, glyphs)));
      facts.add(Text.of(Figures.duration(summary.elapsedS())));
    }
    facts.add(Text.of(Figures.count(whole.frames(), "packet", "packets")));
    facts.add(Text.of(Figures.bytes(whole.bytes())));
    long rate = Math.round(summary.packetsPerS());
    if (rate > 0) {
      facts.add(Text.of(Figures.count(rate) + "\u00a0packets/s"));
    }
    return facts;
  }

  private static String span(String first, String last, Glyphs glyphs) {
    String from = TIME.format(Instant.parse(first));
    String to = TIME.format(Instant.parse(last));
    boolean sameDay = from.regionMatches(0, to, 0, DATE_LENGTH);
    String end = sameDay ? to.substring(DATE_LENGTH + 1) : to;
    return from + "\u00a0" + glyphs.dash() + " " + end + "\u00a0UTC";
  }

  /** As many names as there is room for. */
  private static String files(List<String> files, int room, Glyphs glyphs) {
    List<String> names = files.stream().map(file -> name(file, glyphs)).toList();
    for (int shown = names.size(); shown > 1; shown--) {
      String text = String.join(", ", names.subList(0, shown)) + more(names.size() - shown);
      if (Text.of(text).width() <= room) {
        return text;
      }
    }
    if (names.isEmpty()) {
      return "no capture";
    }
    String more = more(names.size() - 1);
    return Text.of(names.get(0)).within(room - more.length(), glyphs) + more;
  }

  private static String more(int count) {
    return count == 0 ? "" : " and " + Figures.count(count) + " more";
  }

  private static String name(String file, Glyphs glyphs) {
    String last = file.substring(file.lastIndexOf('/') + 1);
    return file.equals(STANDARD_INPUT) ? "standard input" : glyphs.name(last);
  }
}
