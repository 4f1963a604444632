// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.SummaryRecord.OperatorShare;
import org.dnsprism.pipeline.terminal.Bar;
import org.dnsprism.pipeline.terminal.Bar.Part;
import org.dnsprism.pipeline.terminal.Bar.Texture;
import org.dnsprism.pipeline.terminal.Column;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Table;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;

/** Who received it: the largest operators, then the others, then those that no list knows. */
final class OperatorSection {
  private static final int SHOWN = 10;
  private static final int NAMED = 3;

  private final Glyphs glyphs;
  private final SummaryRecord summary;
  private final long all;
  private final Table table =
      new Table(
          Column.left("operator", 0),
          Column.left("seat", 2),
          Column.right("flows", 1),
          Column.right("clients", 5),
          Column.right("share", 0),
          Column.left("transports", 4),
          Column.fill("", 3));

  private OperatorSection(SummaryRecord summary, Glyphs glyphs) {
    this.summary = summary;
    this.glyphs = glyphs;
    this.all = ResolverTraffic.all(summary).flows();
  }

  static void write(SummaryRecord summary, Page page) {
    if (!summary.operators().isEmpty()) {
      new OperatorSection(summary, page.glyphs()).write(page);
    }
  }

  private void write(Page page) {
    page.heading("Operators", Figures.count(summary.operatorsSeen()) + " known from the list");
    List<OperatorShare> known = summary.operators().stream().filter(o -> !unknown(o)).toList();
    List<OperatorShare> shown = known.subList(0, Math.min(SHOWN, known.size()));
    long listed = 0;
    for (OperatorShare operator : shown) {
      add(operator, Text.of(glyphs.name(operator.operator())));
      listed += operator.flows();
    }
    for (OperatorShare operator : summary.operators()) {
      listed += unknown(operator) ? operator.flows() : 0;
    }
    if (all > listed) {
      addOthers(summary.operatorsSeen() - shown.size(), all - listed);
    }
    summary.operators().stream()
        .filter(OperatorSection::unknown)
        .forEach(operator -> add(operator, Text.of("not in the list", Tone.FAINT)));
    page.table(table);
  }

  private static boolean unknown(OperatorShare operator) {
    return operator.operator().equals(EndpointList.UNKNOWN_OPERATOR);
  }

  private void add(OperatorShare operator, Text name) {
    boolean homeless = operator.country().equals(EndpointList.UNKNOWN_COUNTRY);
    table.row(
        name,
        Text.of(homeless ? glyphs.dash() : glyphs.name(operator.country())),
        Text.of(Figures.count(operator.flows())),
        Text.of(Figures.count(operator.clients())),
        Text.of(Figures.percent(operator.flows(), all, glyphs)),
        transports(operator),
        new Bar(parts(operator)));
  }

  private void addOthers(long operators, long flows) {
    table.row(
        Text.of(Figures.count(operators, "other", "others"), Tone.FAINT),
        Text.EMPTY,
        Text.of(Figures.count(flows)),
        Text.EMPTY,
        Text.of(Figures.percent(flows, all, glyphs)),
        Text.EMPTY,
        Bar.of((double) flows / all, Tone.FAINT));
  }

  private List<Part> parts(OperatorShare operator) {
    List<Part> parts = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      long flows = operator.transports().getOrDefault(transport.label(), 0L);
      if (flows > 0) {
        parts.add(new Part((double) flows / all, TransportTone.of(transport), Texture.FULL));
      }
    }
    return parts;
  }

  /** The transports of an operator, the largest first, as many as are worth their room. */
  private Text transports(OperatorShare operator) {
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(operator.transports().entrySet());
    sorted.sort(Map.Entry.<String, Long>comparingByValue().reversed());
    Text text = Text.EMPTY;
    for (Map.Entry<String, Long> entry : sorted.subList(0, Math.min(NAMED, sorted.size()))) {
      text = text.width() == 0 ? text : text.plus(" ");
      text = text.plus(entry.getKey(), tone(entry.getKey()));
    }
    return sorted.size() > NAMED ? text.plus(" " + glyphs.ellipsis()) : text;
  }

  private static Tone tone(String label) {
    for (Transport transport : Transport.values()) {
      if (transport.label().equals(label)) {
        return TransportTone.of(transport);
      }
    }
    return Tone.PLAIN;
  }
}
