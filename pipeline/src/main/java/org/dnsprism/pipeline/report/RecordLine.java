// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.Locale;
import java.util.Map;
import org.dnsprism.pipeline.record.AgentRecord;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.record.WindowRecord.Concentration;
import org.jspecify.annotations.Nullable;

/** A record on one line, in columns, for a person who follows a topic. */
public final class RecordLine {
  private static final String FAINT = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";
  private static final int TIME_CHARACTERS = 19;

  private final ReportStyle style;

  /** Writes in a style. */
  public RecordLine(ReportStyle style) {
    this.style = style;
  }

  /** The line, without a line break. */
  public String of(Envelope envelope) {
    String head = "%-7s %s".formatted(envelope.head().record(), envelope.head().agent());
    return (style.color() ? FAINT + head + PLAIN : head) + "  " + body(envelope.body());
  }

  private String body(Body body) {
    if (body instanceof FlowRecord flow) {
      return flow(flow);
    }
    if (body instanceof StatsRecord stats) {
      return stats(stats);
    }
    if (body instanceof WindowRecord window) {
      return window(window);
    }
    if (body instanceof AgentRecord agent) {
      return agent(agent);
    }
    SummaryRecord summary = (SummaryRecord) body;
    return "%s to %s  %s"
        .formatted(time(summary.firstPacket()), time(summary.lastPacket()), sums(summary.whole()));
  }

  private static String agent(AgentRecord agent) {
    return String.format(
        Locale.ROOT,
        "%s  up=%s frames=%,d flows=%,d dropped=%,d sampling=1/%d",
        time(agent.producedAt()),
        Figures.duration(agent.uptimeS()).replace('\u00a0', ' '),
        agent.frames(),
        agent.flowsOpen(),
        agent.capture() == null ? 0 : agent.capture().dropped(),
        agent.samplingFactor());
  }

  private static String flow(FlowRecord flow) {
    return String.format(
        Locale.ROOT,
        "%s  %-9s %-7s %s -> %s:%d  %s%s",
        time(flow.start()),
        flow.transport(),
        flow.confidence(),
        flow.clientIp() == null ? "(client)" : flow.clientIp(),
        flow.serverIp(),
        flow.serverPort(),
        flow.operator() == null ? "unlisted" : flow.operator(),
        flow.queries() == null
            ? ""
            : (flow.queriesEstimated() == null ? "  queries=" : "  queries~") + flow.queries());
  }

  private static String stats(StatsRecord stats) {
    return String.format(
        Locale.ROOT,
        "%s  %-9s %-20s %-24s flows=%,d clients~%,d%s%s",
        time(stats.windowStart()),
        stats.transport(),
        stats.operator(),
        stats.serverIp(),
        stats.flows(),
        stats.clients(),
        stats.queries() == null
            ? ""
            : (stats.queriesEstimated() == null ? " queries=" : " queries~") + stats.queries(),
        stats.latencyUs() == null ? "" : " p50=" + stats.latencyUs().p50() + "us");
  }

  /** A window alone, without whose it is. */
  public String window(WindowRecord window) {
    return "%s  %.0fs  %s".formatted(time(window.windowStart()), window.windowS(), sums(window));
  }

  private static String sums(WindowRecord window) {
    Map<String, Concentration> byOperator = window.concentration().operator();
    Concentration flows = byOperator.get("flows");
    return String.format(
        Locale.ROOT,
        "frames=%,d dns=%,d encrypted=%s hhi=%s lost=%,d",
        window.frames(),
        window.dnsFrames(),
        percent(window.encryptedShare().flows()),
        flows == null ? "-" : String.format(Locale.ROOT, "%.3f", flows.hhi()),
        window.loss().values().stream().mapToLong(Long::longValue).sum());
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String time(@Nullable String full) {
    return full == null ? "-" : full.substring(0, Math.min(TIME_CHARACTERS, full.length()));
  }
}
