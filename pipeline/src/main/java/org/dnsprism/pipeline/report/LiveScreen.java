// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.CaptureLedger;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.record.WindowRecord.TransportSums;
import org.dnsprism.pipeline.report.LiveState.Messages;
import org.dnsprism.pipeline.terminal.Bar;
import org.dnsprism.pipeline.terminal.Column;
import org.dnsprism.pipeline.terminal.Table;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;
import org.jspecify.annotations.Nullable;

/**
 * A live run on one screen: rates of the last second, and transports and operators of the last
 * window that is complete. Not thread-safe.
 */
public final class LiveScreen {
  private static final int BITS = 8;
  private static final int TIME_FROM = 11;
  private static final int TIME_TO = 19;
  private static final int FEWEST_OPERATORS = 3;
  private static final int MOST_OPERATORS = 15;

  private final String interfaces;
  private final Map<String, long[]> filling = new HashMap<>();
  private List<Operator> operators = List.of();
  private @Nullable WindowRecord window;
  private @Nullable LiveState before;
  private @Nullable LiveState now;
  private double secondsBetween = 1;
  private double uptimeSeconds;

  /** What an operator received in the last window. */
  private record Operator(String name, long flows, long queries) {}

  /**
   * An empty screen.
   *
   * @param interfaces that are captured from
   */
  public LiveScreen(List<String> interfaces) {
    this.interfaces = String.join(", ", interfaces);
  }

  /** Takes a record of the run; those of cells come before that of their window. */
  public void add(Body body) {
    if (body instanceof StatsRecord cell) {
      add(cell);
    } else if (body instanceof WindowRecord closed) {
      window = closed;
      operators =
          filling.entrySet().stream()
              .map(entry -> new Operator(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
              .sorted(
                  Comparator.comparingLong(Operator::flows)
                      .thenComparingLong(Operator::queries)
                      .reversed()
                      .thenComparing(Operator::name))
              .toList();
      filling.clear();
    }
  }

  private void add(StatsRecord cell) {
    for (Transport transport : Transport.values()) {
      if (transport.label().equals(cell.transport()) && transport.resolverTraffic()) {
        long[] sums = filling.computeIfAbsent(cell.operator(), name -> new long[2]);
        sums[0] += cell.flows();
        sums[1] += cell.queries() == null ? 0 : cell.queries();
      }
    }
  }

  /**
   * Takes how the run stands.
   *
   * @param uptime seconds since the run began
   */
  public void add(LiveState state, double uptime) {
    secondsBetween = Math.max(0.001, uptime - uptimeSeconds);
    uptimeSeconds = uptime;
    before = now;
    now = state;
  }

  /**
   * The screen.
   *
   * @param rows lines that there is room for
   * @param kafka how the records stand; null when they do not go to Kafka
   * @return at most so many lines, each at most as wide as the style says
   */
  public List<String> lines(ReportStyle style, int rows, @Nullable KafkaState kafka) {
    Page page = new Page(style);
    writeHead(page);
    writeTransports(page);
    writeCapture(page, kafka);
    List<String> top = page.toString().lines().toList();
    Page below = new Page(style);
    writeOperators(below, Math.min(MOST_OPERATORS, rows - top.size() - FEWEST_OPERATORS));
    List<String> lines = new ArrayList<>(top);
    lines.addAll(below.toString().lines().toList());
    return lines.subList(0, Math.min(rows, lines.size()));
  }

  private double rate(long last, long first) {
    return (last - first) / secondsBetween;
  }

  private void writeHead(Page page) {
    page.title(
        Text.of("dnsprism live", Tone.STRONG)
            .plus("  " + page.glyphs().name(interfaces))
            .plus("  up " + Figures.duration(uptimeSeconds), Tone.FAINT));
    LiveState last = now;
    if (last == null) {
      page.line(Text.of("waiting for the first second", Tone.FAINT));
      return;
    }
    LiveState first = before == null ? last : before;
    List<Text> facts = new ArrayList<>();
    facts.add(Text.of(whole(rate(last.frames(), first.frames())) + "\u00a0frames/s", Tone.STRONG));
    facts.add(Text.of(bits(rate(last.bytes(), first.bytes()))));
    facts.add(Text.of(Figures.count(last.flowsOpen()) + "\u00a0flows open"));
    facts.add(Text.of(Figures.count(last.frames()) + "\u00a0frames so far", Tone.FAINT));
    page.facts(facts);
  }

  private static String bits(double bytesPerSecond) {
    String bytes = Figures.bytes((long) (bytesPerSecond * BITS));
    return bytes.substring(0, bytes.length() - 1) + "bit/s";
  }

  private static String whole(double rate) {
    return Figures.count(Math.round(rate));
  }

  private void writeTransports(Page page) {
    page.heading("Transports", windowName("flows and bytes of the window"));
    Table table =
        new Table(
            Column.label("transport"),
            Column.right("queries/s", 0),
            Column.right("answers/s", 2),
            Column.right("flows", 0),
            Column.right("bytes", 1),
            Column.fill("", 3));
    long all = 0;
    for (Transport transport : Transport.values()) {
      all += transport.resolverTraffic() ? sums(transport).flows() : 0;
    }
    for (Transport transport : Transport.values()) {
      addRow(table, transport, all);
    }
    if (table.isEmpty()) {
      page.line(Text.of("no DNS yet", Tone.FAINT));
    } else {
      page.table(table);
    }
  }

  private void addRow(Table table, Transport transport, long all) {
    TransportSums sums = sums(transport);
    Messages last = messages(now, transport);
    Messages first = messages(before == null ? now : before, transport);
    boolean seen = last.queries() + last.responses() + sums.packets() > 0;
    if (!seen || transport == Transport.OTHER) {
      return;
    }
    Tone tone = TransportTone.of(transport);
    double share = all == 0 || !transport.resolverTraffic() ? 0 : (double) sums.flows() / all;
    table.row(
        Text.of(transport.label(), tone),
        Text.of(whole(rate(last.queries(), first.queries()))),
        Text.of(whole(rate(last.responses(), first.responses()))),
        Text.of(Figures.count(sums.flows())),
        Text.of(Figures.bytes(sums.bytes())),
        Bar.of(share, tone));
  }

  private TransportSums sums(Transport transport) {
    TransportSums none = new TransportSums(0, 0, 0, 0, 0, null, null);
    return window == null ? none : window.transports().getOrDefault(transport.label(), none);
  }

  private static Messages messages(@Nullable LiveState state, Transport transport) {
    Messages none = new Messages(0, 0);
    return state == null ? none : state.messages().getOrDefault(transport.label(), none);
  }

  private String windowName(String what) {
    return window == null
        ? "the first window is not over"
        : what
            + " from "
            + window.windowStart().substring(TIME_FROM, TIME_TO)
            + ", "
            + Figures.duration(window.windowS());
  }

  private void writeOperators(Page page, int room) {
    if (window == null || room < 1) {
      return;
    }
    Double encrypted = window.encryptedShare().flows();
    page.heading(
        "Operators", Figures.percent(encrypted, page.glyphs()) + " of flows are encrypted");
    long all = operators.stream().mapToLong(Operator::flows).sum();
    Table table =
        new Table(
            Column.left("operator", 0),
            Column.right("flows", 0),
            Column.right("queries", 1),
            Column.right("share", 0),
            Column.fill("", 2));
    for (Operator operator : operators.subList(0, Math.min(room, operators.size()))) {
      double share = all == 0 ? 0 : (double) operator.flows() / all;
      boolean unknown = operator.name().equals(EndpointList.UNKNOWN_OPERATOR);
      table.row(
          unknown
              ? Text.of("not in the list", Tone.FAINT)
              : Text.of(page.glyphs().name(operator.name())),
          Text.of(Figures.count(operator.flows())),
          Text.of(Figures.count(operator.queries())),
          Text.of(Figures.percent(operator.flows(), all, page.glyphs())),
          Bar.of(share, unknown ? Tone.FAINT : Tone.PLAIN));
    }
    page.table(table);
  }

  private void writeCapture(Page page, @Nullable KafkaState kafka) {
    page.heading("Capture", "since the start");
    LiveState last = now;
    if (last != null) {
      page.facts(captureFacts(last));
    }
    if (kafka != null) {
      page.facts(kafkaFacts(kafka));
    }
  }

  private static List<Text> captureFacts(LiveState state) {
    List<Text> facts = new ArrayList<>();
    CaptureLedger ledger = state.capture();
    long dropped = ledger == null ? 0 : ledger.dropped();
    facts.add(
        dropped == 0
            ? Text.of("no frame dropped", Tone.GOOD)
            : Text.of(Figures.count(dropped, "frame", "frames") + " dropped", Tone.ALARM));
    if (ledger != null && ledger.freezes() > 0) {
      facts.add(Text.of(Figures.count(ledger.freezes(), "full ring", "full rings"), Tone.CAUTION));
    }
    if (ledger != null && ledger.interruptions() > 0) {
      String times = Figures.count(ledger.interruptions(), "interruption", "interruptions");
      facts.add(Text.of(times, Tone.CAUTION));
    }
    if (state.factor() > 1) {
      facts.add(Text.of("overload: 1 of " + state.factor() + " clients looked at", Tone.ALARM));
    } else if (state.shed() > 0) {
      String frames = Figures.count(state.shed(), "frame", "frames");
      facts.add(Text.of(frames + " left out under load", Tone.CAUTION));
    }
    double copies = state.frames() == 0 ? 0 : (double) state.duplicates() / state.frames();
    facts.add(Text.of(Figures.percent(copies) + " copies"));
    return facts;
  }

  private static List<Text> kafkaFacts(KafkaState kafka) {
    List<Text> facts = new ArrayList<>();
    facts.add(Text.of("Kafka: " + Figures.count(kafka.acknowledged()) + "\u00a0records taken"));
    facts.add(
        Text.of(
            Figures.count(kafka.waiting()) + "\u00a0wait",
            kafka.waiting() == 0 ? Tone.GOOD : Tone.PLAIN));
    if (kafka.lost() > 0) {
      facts.add(Text.of(Figures.count(kafka.lost()) + "\u00a0given up", Tone.ALARM));
    }
    return facts;
  }
}
