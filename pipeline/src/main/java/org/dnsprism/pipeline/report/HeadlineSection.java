// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.ArrayList;
import java.util.List;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord.Concentration;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;

/** The answer in one line: how much is encrypted, who has it, whether anything was lost. */
final class HeadlineSection {
  private HeadlineSection() {}

  static void write(SummaryRecord summary, Page page) {
    if (summary.whole().frames() == 0) {
      return;
    }
    Glyphs glyphs = page.glyphs();
    List<Text> facts = new ArrayList<>();
    facts.add(encrypted(summary, glyphs));
    Concentration concentration = summary.whole().concentration().operator().get("flows");
    if (concentration != null) {
      facts.add(
          Text.of(Figures.count(concentration.nFor70(), "operator", "operators"), Tone.STRONG)
              .plus(concentration.nFor70() == 1 ? "\u00a0carries\u00a0" : "\u00a0carry\u00a0")
              .plus("70\u00a0%")
              .plus(concentration.unknownShare() > 0 ? "\u00a0of\u00a0known\u00a0flows" : ""));
    }
    facts.add(
        AccountingSection.lossless(summary.whole())
            ? Text.of("nothing\u00a0lost", Tone.GOOD)
            : Text.of("not\u00a0everything\u00a0counted", Tone.CAUTION));
    page.facts(facts);
  }

  private static Text encrypted(SummaryRecord summary, Glyphs glyphs) {
    Double share = summary.whole().encryptedShare().flows();
    if (share == null) {
      return Text.of("no\u00a0resolver\u00a0traffic", Tone.CAUTION);
    }
    String low = Figures.percent(summary.encryptedBand().certain(), glyphs);
    String high = Figures.percent(summary.encryptedBand().withSuspected(), glyphs);
    return Text.of(Figures.percent(share), Tone.STRONG)
        .plus("\u00a0of\u00a0flows\u00a0encrypted ")
        .plus("(" + low + " to " + high + ")");
  }
}
