// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.ArrayList;
import java.util.List;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord.ListInfo;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;

/** Which list named the operators, and how old it was when the traffic was captured. */
final class EndpointListSection {
  private static final int DIGEST_SHOWN = 12;

  private EndpointListSection() {}

  static void write(SummaryRecord summary, Page page) {
    Glyphs glyphs = page.glyphs();
    ListInfo list = summary.whole().endpointList();
    List<Text> facts = new ArrayList<>();
    facts.add(Text.of("version\u00a0" + glyphs.name(list.version())));
    String newest = list.newestSource();
    if (newest != null) {
      facts.add(Text.of("newest\u00a0source\u00a0" + glyphs.name(newest)));
    }
    Long days = list.ageDays();
    if (days != null && summary.lastPacket() != null) {
      facts.add(age(days, Boolean.TRUE.equals(list.stale())));
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

  private static Text age(long days, boolean stale) {
    String words = Figures.count(Math.abs(days), "day", "days") + "\u00a0";
    if (days < 0) {
      return Text.of(words + "newer than the traffic");
    }
    return stale
        ? Text.of(words + "older than the traffic: too old, update it", Tone.CAUTION)
        : Text.of(words + "older than the traffic");
  }
}
