// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.Map;
import java.util.stream.Stream;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.LatencySummary;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.terminal.Column;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Spread;
import org.dnsprism.pipeline.terminal.Spread.Scale;
import org.dnsprism.pipeline.terminal.Table;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;

/** How long answers and connections took, on one logarithmic scale. */
final class LatencySection {
  private LatencySection() {}

  static void write(SummaryRecord summary, Page page) {
    Table table =
        new Table(
            Column.label("transport"),
            Column.label("what"),
            Column.right("p50", 0),
            Column.right("p90", 0),
            Column.right("p99", 0),
            Column.right("longest", 2),
            Column.fill("", 1));
    Scale scale = scale(summary);
    for (Transport transport : Transport.values()) {
      add(table, transport, "answer", summary.latencyUs(), scale, page.glyphs());
      add(table, transport, "handshake", summary.handshakeUs(), scale, page.glyphs());
    }
    if (!table.isEmpty()) {
      page.heading("Latency", legend(page.glyphs()));
      page.table(table);
    }
  }

  private static String legend(Glyphs glyphs) {
    return glyphs.thick() + " p50 to p90 " + glyphs.thin() + " to p99, logarithmic";
  }

  private static Scale scale(SummaryRecord summary) {
    long least = all(summary).mapToLong(LatencySummary::p50).min().orElse(1);
    long most = all(summary).mapToLong(LatencySummary::p99).max().orElse(1);
    return new Scale(Math.max(1, least), Math.max(1, most));
  }

  private static Stream<LatencySummary> all(SummaryRecord summary) {
    return Stream.concat(
        summary.latencyUs().values().stream(), summary.handshakeUs().values().stream());
  }

  private static void add(
      Table table,
      Transport transport,
      String what,
      Map<String, LatencySummary> byTransport,
      Scale scale,
      Glyphs glyphs) {
    LatencySummary latency = byTransport.get(transport.label());
    if (latency == null) {
      return;
    }
    Tone tone = TransportTone.of(transport);
    table.row(
        Text.of(transport.label(), tone),
        Text.of(what),
        Text.of(Figures.micros(latency.p50(), glyphs)),
        Text.of(Figures.micros(latency.p90(), glyphs)),
        Text.of(Figures.micros(latency.p99(), glyphs)),
        Text.of(Figures.micros(latency.max(), glyphs), Tone.FAINT),
        new Spread(scale, latency.p50(), latency.p90(), latency.p99(), tone));
  }
}
