// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord.ListInfo;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;
import org.jspecify.annotations.Nullable;

/** Which list named the operators, and how old it was when the traffic was captured. */
final class EndpointListSection {
  private static final int DATE_LENGTH = "2026-11-23".length();
  private static final int DIGEST_SHOWN = 12;
  private static final long DAYS_PER_YEAR = 365;

  private EndpointListSection() {}

  static void write(SummaryRecord summary, Page page) {
    Glyphs glyphs = page.glyphs();
    ListInfo list = summary.whole().endpointList();
    List<Text> facts = new ArrayList<>();
    facts.add(Text.of("version\u00a0" + glyphs.name(list.version())));
    Long days = daysOld(list.version(), summary.lastPacket());
    if (days != null) {
      facts.add(age(days));
    }
    facts.add(Text.of(Figures.count(list.entries(), "entry", "entries")));
    if (list.learned() > 0) {
      facts.add(Text.of(Figures.count(list.learned()) + "\u00a0learned"));
    }
    facts.add(Text.of("digest\u00a0" + digest(list.digest(), glyphs), Tone.FAINT));
    page.heading("Endpoint list", "");
    page.facts(facts);
  }

  private static String digest(String digest, Glyphs glyphs) {
    return glyphs.name(digest.substring(0, Math.min(DIGEST_SHOWN, digest.length())));
  }

  private static Text age(long days) {
    String words = Figures.count(Math.abs(days), "day", "days") + "\u00a0";
    if (days < 0) {
      return Text.of(words + "newer than the traffic");
    }
    return Text.of(
        words + "older than the traffic", days > DAYS_PER_YEAR ? Tone.CAUTION : Tone.PLAIN);
  }

  /** Days from the list's version to the last packet; null when either has no date. */
  private static @Nullable Long daysOld(String version, @Nullable String lastPacket) {
    if (lastPacket == null || version.length() < DATE_LENGTH) {
      return null;
    }
    try {
      LocalDate made = LocalDate.parse(version.substring(0, DATE_LENGTH));
      LocalDate seen = LocalDate.ofInstant(Instant.parse(lastPacket), ZoneOffset.UTC);
      return ChronoUnit.DAYS.between(made, seen);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
