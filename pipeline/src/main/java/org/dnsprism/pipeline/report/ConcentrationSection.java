// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.Map;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord.Concentration;
import org.dnsprism.pipeline.record.WindowRecord.Concentrations;
import org.dnsprism.pipeline.terminal.Column;
import org.dnsprism.pipeline.terminal.Table;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;
import org.jspecify.annotations.Nullable;

/** How few receive how much. */
final class ConcentrationSection {
  private static final String FLOWS = "flows";
  private static final String BYTES = "bytes";

  private ConcentrationSection() {}

  static void write(SummaryRecord summary, Page page) {
    Concentrations concentrations = summary.whole().concentration();
    Table table =
        new Table(
            Column.label("by"),
            Column.right("HHI", 0),
            Column.left("reading", 2),
            Column.right("CR1", 1),
            Column.right("CR3", 3),
            Column.right("CR5", 4),
            Column.right("effective", 1),
            Column.right("N70", 5),
            Column.right("N90", 5));
    add(table, "operator", concentrations.operator());
    add(table, "country", concentrations.country());
    if (table.isEmpty()) {
      return;
    }
    page.heading("Concentration", "CR: share of the largest; N: how many for 70, 90 %");
    page.table(table);
    writeWords(page, "operator", "operators", concentrations.operator().get(FLOWS));
    writeWords(page, "country", "countries", concentrations.country().get(FLOWS));
    page.paragraph(
        Text.of(
            "HHI: 10,000 is a single receiver; competition authorities call less than 1,500 not"
                + " concentrated, up to 2,500 moderately, more highly concentrated.",
            Tone.FAINT));
  }

  private static void add(Table table, String by, Map<String, Concentration> units) {
    for (String unit : new String[] {FLOWS, BYTES}) {
      Concentration value = units.get(unit);
      if (value != null) {
        Reading reading = Reading.of(value.hhi());
        table.row(
            Text.of(by + ", " + unit),
            Text.of(Figures.hhi(value.hhi()), Tone.STRONG),
            Text.of(reading.level(), reading.tone()),
            Text.of(Figures.percent(value.cr1())),
            Text.of(Figures.percent(value.cr3())),
            Text.of(Figures.percent(value.cr5())),
            Text.of(Figures.decimal(value.effectiveNumber())),
            Text.of(Figures.count(value.nFor70())),
            Text.of(Figures.count(value.nFor90())));
      }
    }
  }

  private static void writeWords(
      Page page, String one, String many, @Nullable Concentration value) {
    if (value == null) {
      return;
    }
    Reading reading = Reading.of(value.hhi());
    Text words =
        Text.of("By " + one + " flows are ")
            .plus(reading.words(), reading.tone())
            .plus(", as if " + Figures.decimal(value.effectiveNumber()) + " " + many)
            .plus(" of equal size shared them; " + Figures.count(value.nFor70(), one, many))
            .plus(carry(value.nFor70()) + " 70\u00a0%, " + Figures.count(value.nFor90()))
            .plus(carry(value.nFor90()) + " 90\u00a0%.");
    page.paragraph(
        value.unknownShare() == 0
            ? words
            : words.plus(" Unknown, left out: " + Figures.percent(value.unknownShare()) + "."));
  }

  private static String carry(int count) {
    return count == 1 ? " carries" : " carry";
  }
}
