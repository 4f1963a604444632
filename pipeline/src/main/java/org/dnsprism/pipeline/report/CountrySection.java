// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.List;
import java.util.Locale;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.SummaryRecord.CountryShare;
import org.dnsprism.pipeline.terminal.Bar;
import org.dnsprism.pipeline.terminal.Column;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Table;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;

/** Under which jurisdiction the operators are. */
final class CountrySection {
  private static final int SHOWN = 5;
  private static final String TWO_CAPITALS = "[A-Z]{2}";
  private static final Tone BAR = Tone.hue(66);

  private CountrySection() {}

  static void write(SummaryRecord summary, Page page) {
    List<CountryShare> countries = summary.countries();
    if (countries.isEmpty()) {
      return;
    }
    Glyphs glyphs = page.glyphs();
    long all = ResolverTraffic.all(summary).flows();
    Table table =
        new Table(
            Column.left("country", 0),
            Column.right("operators", 2),
            Column.right("flows", 1),
            Column.right("bytes", 4),
            Column.right("share", 0),
            Column.fill("", 3));
    List<CountryShare> known = countries.stream().filter(c -> !unknown(c)).toList();
    known.stream().limit(SHOWN).forEach(country -> add(table, country, all, glyphs));
    countries.stream()
        .filter(CountrySection::unknown)
        .forEach(country -> add(table, country, all, glyphs));
    page.heading("Countries", remark(known.size()));
    page.table(table);
  }

  private static String remark(int count) {
    return count > SHOWN ? "seats of operators, the " + SHOWN + " largest" : "seats of operators";
  }

  private static boolean unknown(CountryShare country) {
    return country.country().equals(EndpointList.UNKNOWN_COUNTRY);
  }

  private static void add(Table table, CountryShare country, long all, Glyphs glyphs) {
    table.row(
        name(country.country(), glyphs),
        Text.of(Figures.count(country.operators())),
        Text.of(Figures.count(country.flows())),
        Text.of(Figures.bytes(country.bytes())),
        Text.of(Figures.percent(country.flows(), all, glyphs)),
        Bar.of(all == 0 ? 0 : (double) country.flows() / all, BAR));
  }

  private static Text name(String code, Glyphs glyphs) {
    if (code.equals(EndpointList.UNKNOWN_COUNTRY)) {
      return Text.of("unknown", Tone.FAINT);
    }
    if (!code.matches(TWO_CAPITALS)) {
      return Text.of(glyphs.name(code));
    }
    Locale country = new Locale.Builder().setRegion(code).build();
    return Text.of(glyphs.name(country.getDisplayCountry(Locale.ENGLISH)));
  }
}
