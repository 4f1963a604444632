// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.terminal.Column;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Table;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;

/** What clients and servers said about encrypted DNS: canary names, discovery, SVCB and ECH. */
final class SignalSection {
  private static final Map<String, String> CANARIES =
      Map.of(
          "use-application-dns.net", "Firefox asks to use DoH",
          "mask.icloud.com", "iCloud Private Relay",
          "mask-h2.icloud.com", "Private Relay over HTTP/2");

  private SignalSection() {}

  static void write(SummaryRecord summary, Page page) {
    Table table =
        new Table(Column.label("signal"), Column.right("count", 0), Column.left("meaning", 1));
    List<String> absent = new ArrayList<>();
    signals(summary.whole(), page.glyphs())
        .forEach(
            (name, signal) -> {
              if (signal.count() == 0) {
                absent.add(name);
              } else {
                table.row(
                    Text.of(name),
                    Text.of(Figures.count(signal.count())),
                    Text.of(signal.meaning(), Tone.FAINT));
              }
            });
    if (summary.whole().frames() == 0) {
      return;
    }
    page.heading("Signals", "");
    if (!table.isEmpty()) {
      page.table(table);
    }
    if (!absent.isEmpty()) {
      page.paragraph(Text.of("not seen: " + String.join(", ", absent), Tone.FAINT));
    }
  }

  private record Signal(long count, String meaning) {}

  private static Map<String, Signal> signals(WindowRecord whole, Glyphs glyphs) {
    Map<String, Signal> signals = new LinkedHashMap<>();
    whole
        .canaries()
        .forEach(
            (name, count) ->
                signals.put(
                    glyphs.name(name),
                    new Signal(count, CANARIES.getOrDefault(name, "canary name"))));
    signals.put("DDR", new Signal(whole.ddrQueries(), "discovery of resolvers"));
    signals.put("SVCB/HTTPS", new Signal(whole.svcbAnswers(), "service binding answers"));
    signals.put("ECH", new Signal(whole.echOffered(), "offered, GREASE included"));
    return signals;
  }
}
