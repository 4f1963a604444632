// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.EndReason;
import org.dnsprism.classifier.learned.Refusal;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.pipeline.record.Times;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.record.WindowRecord.Concentration;
import org.dnsprism.pipeline.record.WindowRecord.Concentrations;
import org.dnsprism.pipeline.record.WindowRecord.ListInfo;
import org.dnsprism.pipeline.record.WindowRecord.Shares;
import org.dnsprism.pipeline.record.WindowRecord.TransportSums;
import org.dnsprism.pipeline.report.ConcentrationIndex;
import org.dnsprism.pipeline.window.WindowTotals.Count;
import org.dnsprism.pipeline.window.WindowTotals.Sum;
import org.jspecify.annotations.Nullable;

/** Turns the sums of a window into its record. */
final class WindowRecords {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_DAY = TimeUnit.DAYS.toNanos(1);

  private final EndpointList endpoints;

  WindowRecords(EndpointList endpoints) {
    this.endpoints = endpoints;
  }

  WindowRecord of(WindowSums sums, long startNanos, long lengthNanos, boolean ownKnown) {
    WindowTotals totals = sums.totals();
    long dnsEnded = totals.get(Count.DNS_FLOWS_ENDED);
    long resolverFlows = resolver(totals, Sum.FLOWS);
    return new WindowRecord(
        Times.text(startNanos),
        lengthNanos / NANOS_PER_SECOND,
        true,
        totals.get(Count.FRAMES),
        totals.get(Count.BYTES),
        totals.get(Count.DNS_FRAMES),
        totals.get(Count.OTHER_FRAMES),
        undecodable(totals),
        transports(totals),
        encryptedShare(totals),
        concentrations(sums),
        ownKnown ? share(totals.get(Count.OWN_RESOLVER_FLOWS), resolverFlows) : null,
        canaries(totals),
        totals.get(Count.DDR_QUERIES),
        totals.get(Count.SVCB_ANSWERS),
        totals.get(Count.FLOWS_ECH),
        totals.get(Transport.SUSPECTED, Sum.FLOWS),
        totals.get(Count.FLOWS_UNOBSERVABLE),
        quicFlows(totals),
        loss(totals),
        totals.get(Count.FLOWS_OPENED),
        closed(totals),
        totals.get(Count.DUPLICATES),
        share(totals.get(Count.FLOWS_ONE_WAY), dnsEnded),
        totals.get(Count.FLOWS_MIDSTREAM),
        listInfo(startNanos + lengthNanos, (int) totals.learned()),
        learning(totals),
        totals.get(Count.CANARY_BLOCKED),
        sums.rings().record(),
        MessageCounts.of(totals),
        totals.get(Count.NBNS_FLOWS),
        totals.get(Count.TCP_RETRIES),
        totals.samplingFactor());
  }

  private ListInfo listInfo(long endNanos, int learned) {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(endNanos, NANOS_PER_DAY));
    LocalDate newest = endpoints.newestSource();
    LocalDate staleAfter = endpoints.staleAfter();
    boolean dated = newest.isAfter(LocalDate.EPOCH);
    boolean timed = endNanos != 0;
    return new ListInfo(
        endpoints.version(),
        endpoints.digest(),
        endpoints.entries(),
        learned,
        dated ? newest.toString() : null,
        (dated && timed) ? ChronoUnit.DAYS.between(newest, day) : null,
        (staleAfter != null && timed) ? day.isAfter(staleAfter) : null);
  }

  private static @Nullable Double share(long part, long whole) {
    return whole == 0 ? null : (double) part / whole;
  }

  private static long resolver(WindowTotals totals, Sum sum) {
    long amount = 0;
    for (Transport transport : Transport.values()) {
      amount += transport.resolverTraffic() ? totals.get(transport, sum) : 0;
    }
    return amount;
  }

  private static Shares encryptedShare(WindowTotals totals) {
    return new Shares(
        encrypted(totals, Sum.FLOWS),
        encrypted(totals, Sum.QUERIES),
        encryptedQueries(totals, Sum.QUERIES_LOW),
        encryptedQueries(totals, Sum.QUERIES_HIGH),
        encrypted(totals, Sum.BYTES));
  }

  /** The encrypted share of queries when estimates are replaced by a bound of theirs. */
  private static @Nullable Double encryptedQueries(WindowTotals totals, Sum bound) {
    long encrypted = 0;
    long clear = 0;
    for (Transport transport : Transport.values()) {
      if (transport.encrypted()) {
        encrypted += totals.get(transport, transport.estimated() ? bound : Sum.QUERIES);
      } else if (transport.resolverTraffic()) {
        clear += totals.get(transport, Sum.QUERIES);
      }
    }
    return share(encrypted, encrypted + clear);
  }

  private static @Nullable Double encrypted(WindowTotals totals, Sum sum) {
    long amount = 0;
    for (Transport transport : Transport.values()) {
      amount += transport.encrypted() ? totals.get(transport, sum) : 0;
    }
    return share(amount, resolver(totals, sum));
  }

  private static Map<String, Long> undecodable(WindowTotals totals) {
    Map<String, Long> causes = new TreeMap<>();
    for (DecodeStatus status : DecodeStatus.values()) {
      if (totals.undecodable(status) > 0) {
        causes.put(status.label(), totals.undecodable(status));
      }
    }
    return causes;
  }

  private static Map<String, TransportSums> transports(WindowTotals totals) {
    Map<String, TransportSums> sums = new LinkedHashMap<>();
    for (Transport transport : Transport.values()) {
      sums.put(transport.label(), sums(totals, transport));
    }
    return sums;
  }

  private static TransportSums sums(WindowTotals totals, Transport transport) {
    boolean estimated = transport.estimated();
    return new TransportSums(
        totals.get(transport, Sum.FLOWS),
        totals.get(transport, Sum.PACKETS),
        totals.get(transport, Sum.BYTES),
        totals.get(transport, Sum.QUERIES),
        totals.get(transport, Sum.RESPONSES),
        estimated ? totals.get(transport, Sum.QUERIES_LOW) : null,
        estimated ? totals.get(transport, Sum.QUERIES_HIGH) : null);
  }

  private Concentrations concentrations(WindowSums sums) {
    return new Concentrations(
        byUnit(sums, endpoints::operator), byUnit(sums, endpoints::operatorCountry));
  }

  private Map<String, Concentration> byUnit(WindowSums sums, IntFunction<String> name) {
    Map<String, Concentration> units = new TreeMap<>();
    put(units, "flows", concentration(sums, name, cell -> cell.flows));
    put(units, "queries", concentration(sums, name, cell -> cell.queries));
    put(units, "bytes", concentration(sums, name, cell -> cell.clientBytes + cell.serverBytes));
    return units;
  }

  private static void put(
      Map<String, Concentration> units, String unit, @Nullable Concentration value) {
    if (value != null) {
      units.put(unit, value);
    }
  }

  private @Nullable Concentration concentration(
      WindowSums sums, IntFunction<String> name, ToLongFunction<Cell> amount) {
    Map<String, Long> known = new HashMap<>();
    long unknown = 0;
    for (Cell cell : sums.cells()) {
      if (cell.key().transport().resolverTraffic()) {
        String receiver = name.apply(cell.key().operator());
        long got = amount.applyAsLong(cell);
        boolean named =
            cell.key().operator() != 0 && !receiver.equals(EndpointList.UNKNOWN_COUNTRY);
        unknown += named ? 0 : got;
        if (named) {
          known.merge(receiver, got, Long::sum);
        }
      }
    }
    return ConcentrationIndex.of(known, unknown);
  }

  private static Map<String, Long> canaries(WindowTotals totals) {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("mask-h2.icloud.com", totals.get(Count.CANARY_RELAY_H2));
    counts.put("mask.icloud.com", totals.get(Count.CANARY_RELAY));
    counts.put("use-application-dns.net", totals.get(Count.CANARY_FIREFOX));
    counts.put("resolver.arpa", totals.get(Count.CANARY_RESOLVERS));
    return counts;
  }

  private static Map<String, Long> quicFlows(WindowTotals totals) {
    Map<String, Long> flows = new LinkedHashMap<>();
    flows.put("1", totals.get(Count.QUIC_V1));
    flows.put("2", totals.get(Count.QUIC_V2));
    flows.put("drafts", totals.get(Count.QUIC_DRAFTS));
    flows.put("google", totals.get(Count.QUIC_GOOGLE));
    flows.put("other", totals.get(Count.QUIC_OTHER));
    return flows;
  }

  private static Map<String, Long> loss(WindowTotals totals) {
    Map<String, Long> loss = new TreeMap<>();
    loss.put("kernel", 0L);
    loss.put("ring", totals.get(Count.RING_DROPPED));
    loss.put("undecodable", totals.undecodable());
    loss.put("evicted_flows", totals.closed(EndReason.EVICTED));
    loss.put("reassembly", totals.get(Count.REASSEMBLY));
    loss.put("fragments", totals.get(Count.FRAGMENTS_LOST));
    loss.put("late", totals.get(Count.LATE_FRAMES));
    loss.put("cells_folded", totals.get(Count.CELLS_FOLDED));
    loss.put("snapped_frames", totals.get(Count.SNAPPED_FRAMES));
    loss.put("uninspected_flows", totals.get(Count.UNINSPECTED));
    loss.put("unestimated_flows", totals.get(Count.UNESTIMATED));
    loss.put("queries_evicted", totals.get(Count.QUERIES_EVICTED));
    loss.put("unjoined_retries", totals.get(Count.RETRIES_DROPPED));
    loss.put("decryptions_skipped", totals.get(Count.DECRYPTIONS_SKIPPED));
    loss.put("shed", totals.get(Count.SHED));
    loss.put("copies_unchecked", totals.get(Count.COPIES_UNCHECKED));
    return loss;
  }

  private static Map<String, Long> learning(WindowTotals totals) {
    Map<String, Long> causes = new TreeMap<>();
    for (Refusal refusal : Refusal.values()) {
      causes.put(refusal.label(), totals.refused(refusal));
    }
    causes.put("expired", totals.get(Count.LEARNED_EXPIRED));
    causes.put("table_full", totals.get(Count.LEARNED_DROPPED));
    return causes;
  }

  private static Map<String, Long> closed(WindowTotals totals) {
    Map<String, Long> reasons = new LinkedHashMap<>();
    for (EndReason reason : EndReason.values()) {
      reasons.put(reason.label(), totals.closed(reason));
    }
    return reasons;
  }
}
