// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.LatencySummary;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.Times;
import org.dnsprism.pipeline.record.WindowRecord;

/** Adds the windows of a run up to its summary. */
final class RunSummary {
  private static final double NANOS_PER_SECOND = 1e9;

  private final WindowSums sums = new WindowSums();
  private long windows;
  private long firstStartNanos;

  void add(WindowSums window, long startNanos) {
    firstStartNanos = windows == 0 ? startNanos : firstStartNanos;
    windows++;
    sums.addWithoutServers(window);
  }

  /**
   * The summary.
   *
   * @param endpoints the list that was in force last, which knows the operators of all before it
   */
  SummaryRecord record(
      List<String> files,
      long firstNanos,
      long latestNanos,
      boolean ownKnown,
      EndpointList endpoints) {
    long elapsed = latestNanos - firstNanos;
    WindowRecord whole = new WindowRecords(endpoints).of(sums, firstStartNanos, elapsed, ownKnown);
    Receivers receivers = new Receivers(endpoints, sums.cells());
    VerdictSums verdicts = new VerdictSums(sums.cells());
    boolean any = windows > 0;
    double seconds = elapsed / NANOS_PER_SECOND;
    return new SummaryRecord(
        whole,
        files,
        any ? Times.text(firstNanos) : null,
        any ? Times.text(latestNanos) : null,
        seconds,
        seconds > 0 ? whole.frames() / seconds : 0,
        windows,
        receivers.operators(),
        latencies(cell -> cell.latency),
        latencies(cell -> cell.handshake),
        receivers.operatorsSeen(),
        receivers.countries(),
        verdicts.byTransport(),
        verdicts.encryptedBand());
  }

  private Map<String, LatencySummary> latencies(Function<Cell, Latencies> which) {
    Map<Transport, Latencies> byTransport = new TreeMap<>();
    for (Cell cell : sums.cells()) {
      if (which.apply(cell).count() > 0) {
        byTransport
            .computeIfAbsent(cell.key().transport(), any -> new Latencies())
            .addAll(which.apply(cell));
      }
    }
    Map<String, LatencySummary> summaries = new LinkedHashMap<>();
    byTransport.forEach(
        (transport, latencies) -> {
          LatencySummary summary = StatsRecords.summary(latencies);
          if (summary != null) {
            summaries.put(transport.label(), summary);
          }
        });
    return summaries;
  }
}
