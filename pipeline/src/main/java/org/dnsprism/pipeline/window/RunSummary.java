// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.LatencySummary;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.SummaryRecord.OperatorShare;
import org.dnsprism.pipeline.record.Times;
import org.dnsprism.pipeline.record.WindowRecord;

/** Adds the windows of a run up to its summary. */
final class RunSummary {
  private static final int MAX_OPERATORS = 50;
  private static final double NANOS_PER_SECOND = 1e9;

  private final EndpointList endpoints;
  private final WindowSums sums = new WindowSums();
  private long windows;
  private long firstStartNanos;

  RunSummary(EndpointList endpoints) {
    this.endpoints = endpoints;
  }

  void add(WindowSums window, long startNanos) {
    firstStartNanos = windows == 0 ? startNanos : firstStartNanos;
    windows++;
    sums.addWithoutServers(window);
  }

  SummaryRecord record(List<String> files, long firstNanos, long latestNanos, boolean ownKnown) {
    long elapsed = latestNanos - firstNanos;
    WindowRecord whole = new WindowRecords(endpoints).of(sums, firstStartNanos, elapsed, ownKnown);
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
        operators(),
        latencies(cell -> cell.latency),
        latencies(cell -> cell.handshake));
  }

  private List<OperatorShare> operators() {
    Map<Integer, Sums> byOperator = new TreeMap<>();
    for (Cell cell : sums.cells()) {
      if (cell.key().transport().resolverTraffic()) {
        byOperator.computeIfAbsent(cell.key().operator(), any -> new Sums()).add(cell);
      }
    }
    List<OperatorShare> shares = new ArrayList<>();
    byOperator.forEach((operator, sum) -> shares.add(share(operator, sum)));
    shares.sort(
        Comparator.comparingLong(OperatorShare::flows)
            .reversed()
            .thenComparing(OperatorShare::operator));
    return List.copyOf(shares.subList(0, Math.min(MAX_OPERATORS, shares.size())));
  }

  private OperatorShare share(int operator, Sums sum) {
    return new OperatorShare(
        endpoints.operator(operator),
        endpoints.operatorCountry(operator),
        sum.flows,
        sum.bytes,
        sum.queries,
        sum.encryptedFlows,
        sum.clients.estimate());
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

  private static final class Sums {
    private long flows;
    private long bytes;
    private long queries;
    private long encryptedFlows;
    private final ClientSketch clients = new ClientSketch();

    void add(Cell cell) {
      flows += cell.flows;
      bytes += cell.clientBytes + cell.serverBytes;
      queries += cell.queries;
      encryptedFlows += cell.key().transport().encrypted() ? cell.flows : 0;
      clients.addAll(cell.clients);
    }
  }
}
