// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.Map;
import java.util.TreeMap;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.LatencySummary;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.pipeline.record.Times;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Turns a cell into its record. */
final class StatsRecords {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String REST = "OTHER";

  private final EndpointList endpoints;
  private final SketchKey sketchKey;

  StatsRecords(EndpointList endpoints, SketchKey sketchKey) {
    this.endpoints = endpoints;
    this.sketchKey = sketchKey;
  }

  StatsRecord of(Cell cell, long startNanos, long lengthNanos, double factor) {
    CellKey key = cell.key();
    boolean countable = FlowRecords.countable(key.transport());
    boolean estimated = key.transport().estimated();
    boolean readable = countable && key.transport() != Transport.DNSCRYPT;
    return new StatsRecord(
        Times.text(startNanos),
        lengthNanos / NANOS_PER_SECOND,
        key.transport().label(),
        endpoints.operator(key.operator()),
        endpoints.operatorCountry(key.operator()),
        key.server(),
        key.role().label(),
        key.ownResolver(),
        cell.flows,
        cell.clientPackets,
        cell.serverPackets,
        cell.clientBytes,
        cell.serverBytes,
        countable || estimated ? cell.queries : null,
        estimated ? true : null,
        estimated ? cell.queriesLow : null,
        estimated ? cell.queriesHigh : null,
        countable ? cell.responses : null,
        readable ? cell.unanswered : null,
        readable ? cell.truncated : null,
        readable ? rcodes(cell.rcodes) : null,
        readable ? qtypes(cell.qtypes) : null,
        readable ? cell.edns : null,
        readable ? cell.dnssecOk : null,
        readable ? cell.clientSubnet : null,
        readable ? cell.cookie : null,
        readable ? cell.padding : null,
        key.transport() == Transport.DO53_TCP ? cell.tcpRetries : null,
        Math.round(cell.clients.estimate() * factor),
        cell.clients.encoded(),
        sketchKey.id(),
        summary(cell.latency),
        cell.latency.encoded(),
        summary(cell.handshake),
        cell.handshake.encoded(),
        summary(cell.tls),
        cell.tls.encoded(),
        confidence(cell));
  }

  static @Nullable LatencySummary summary(Latencies latencies) {
    return latencies.count() == 0
        ? null
        : new LatencySummary(
            latencies.percentileMicros(50),
            latencies.percentileMicros(90),
            latencies.percentileMicros(99),
            latencies.maxMicros());
  }

  private static Map<String, Long> rcodes(CodeCounts counts) {
    Map<String, Long> named = new TreeMap<>();
    counts
        .counts()
        .forEach(
            (code, count) ->
                named.merge(code == CodeCounts.REST ? REST : Rcode.string(code), count, Long::sum));
    return named;
  }

  private static Map<String, Long> qtypes(CodeCounts counts) {
    Map<String, Long> named = new TreeMap<>();
    counts
        .counts()
        .forEach(
            (code, count) ->
                named.merge(code == CodeCounts.REST ? REST : Type.string(code), count, Long::sum));
    return named;
  }

  private static Map<String, Long> confidence(Cell cell) {
    Map<String, Long> flows = new java.util.LinkedHashMap<>();
    for (Confidence confidence : Confidence.values()) {
      if (cell.confidence[confidence.ordinal()] > 0) {
        flows.put(confidence.label(), cell.confidence[confidence.ordinal()]);
      }
    }
    return flows;
  }
}
