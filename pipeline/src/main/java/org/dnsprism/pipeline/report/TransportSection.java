// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord.TransportSums;
import org.dnsprism.pipeline.terminal.Bar;
import org.dnsprism.pipeline.terminal.Cell;
import org.dnsprism.pipeline.terminal.Column;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Table;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;

/** How DNS travelled. */
final class TransportSection {
  private final Glyphs glyphs;
  private final SummaryRecord summary;
  private final TransportSums all;
  private final Table table =
      new Table(
          Column.label("transport"),
          Column.right("flows", 0),
          Column.right("queries", 3),
          Column.right("packets", 5),
          Column.right("bytes", 2),
          Column.right("share", 1),
          Column.fill("", 4));

  private TransportSection(SummaryRecord summary, Glyphs glyphs) {
    this.summary = summary;
    this.glyphs = glyphs;
    this.all = ResolverTraffic.all(summary);
  }

  static void write(SummaryRecord summary, Page page) {
    new TransportSection(summary, page.glyphs()).write(page);
  }

  private void write(Page page) {
    page.heading("Transports", "flows between clients and resolvers");
    List<String> absent = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      if (transport.resolverTraffic()) {
        addResolverRow(transport, absent);
      }
    }
    boolean none = table.isEmpty();
    if (!none) {
      row(Text.of("total", Tone.STRONG), all, Tone.STRONG, share(all), Text.EMPTY);
    }
    addRowsApart();
    if (!table.isEmpty()) {
      page.table(table);
    }
    writeAbsent(page, none, absent);
  }

  private void addResolverRow(Transport transport, List<String> absent) {
    TransportSums sums = ResolverTraffic.of(summary, transport);
    if (sums.packets() == 0 && sums.flows() == 0) {
      absent.add(transport.label());
      return;
    }
    Tone tone = TransportTone.of(transport);
    double part = all.flows() == 0 ? 0 : (double) sums.flows() / all.flows();
    row(Text.of(transport.label(), tone), sums, Tone.PLAIN, share(sums), Bar.of(part, tone));
  }

  private void addRowsApart() {
    for (Transport transport : Transport.values()) {
      TransportSums sums = ResolverTraffic.of(summary, transport);
      if (!transport.resolverTraffic() && sums.packets() > 0) {
        Text label = Text.of(transport.label(), TransportTone.of(transport));
        row(label, sums, Tone.FAINT, "apart", Text.of(remark(transport), Tone.FAINT));
      }
    }
  }

  private void row(Text label, TransportSums sums, Tone tone, String share, Cell end) {
    table.row(
        label,
        Text.of(Figures.count(sums.flows()), tone),
        Text.of(queries(sums), tone),
        Text.of(Figures.count(sums.packets()), tone),
        Text.of(Figures.bytes(sums.bytes()), tone),
        Text.of(share, tone),
        end);
  }

  private String queries(TransportSums sums) {
    Long low = sums.queriesLow();
    Long high = sums.queriesHigh();
    boolean none = sums.queries() == 0 && (high == null || high == 0);
    if (none && sums.packets() > 0) {
      return glyphs.dash();
    }
    return low == null || high == null
        ? Figures.count(sums.queries())
        : Figures.estimate(sums.queries(), low, high);
  }

  private String share(TransportSums sums) {
    return Figures.percent(sums.flows(), all.flows(), glyphs);
  }

  private static String remark(Transport transport) {
    return switch (transport) {
      case MDNS, LLMNR -> "local";
      case SUSPECTED -> "like DNS";
      default -> "not DNS";
    };
  }

  private static void writeAbsent(Page page, boolean none, List<String> absent) {
    if (none) {
      page.paragraph(Text.of("No DNS between clients and resolvers was seen.", Tone.CAUTION));
    } else if (!absent.isEmpty()) {
      page.paragraph(Text.of("not seen: " + String.join(", ", absent), Tone.FAINT));
    }
  }
}
