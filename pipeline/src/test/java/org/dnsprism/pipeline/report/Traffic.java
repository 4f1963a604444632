// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dnsprism.pipeline.record.CaptureLedger;
import org.dnsprism.pipeline.record.LatencySummary;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.SummaryRecord.CountryShare;
import org.dnsprism.pipeline.record.SummaryRecord.OperatorShare;
import org.dnsprism.pipeline.record.SummaryRecord.ShareBand;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.record.WindowRecord.Concentration;
import org.dnsprism.pipeline.record.WindowRecord.Concentrations;
import org.dnsprism.pipeline.record.WindowRecord.ListInfo;
import org.dnsprism.pipeline.record.WindowRecord.Shares;
import org.dnsprism.pipeline.record.WindowRecord.TransportSums;
import org.jspecify.annotations.Nullable;

/** Summaries made up for tests: none at first, then what a test adds. */
final class Traffic {
  private static final List<String> LOSSES =
      List.of("kernel", "ring", "undecodable", "evicted_flows", "reassembly", "fragments", "late");

  final List<String> files = new ArrayList<>();
  final Map<String, TransportSums> transports = new LinkedHashMap<>();
  final Map<String, Long> undecodable = new TreeMap<>();
  final Map<String, Long> loss = new TreeMap<>();
  final Map<String, Long> closed = new LinkedHashMap<>();
  final Map<String, Long> canaries = new TreeMap<>();
  final Map<String, Concentration> byOperator = new TreeMap<>();
  final Map<String, Concentration> byCountry = new TreeMap<>();
  final List<OperatorShare> operators = new ArrayList<>();
  final List<CountryShare> countries = new ArrayList<>();
  final Map<String, LatencySummary> latency = new LinkedHashMap<>();
  final Map<String, LatencySummary> handshake = new LinkedHashMap<>();
  @Nullable String first;
  @Nullable String last;
  double elapsed;
  long frames;
  long bytes;
  long dnsFrames;
  long otherFrames;
  long flowsOpened;
  long signals;
  long suspected;
  long unobservable;
  long midstream;
  long duplicates;
  @Nullable CaptureLedger capture;
  long operatorsSeen;
  @Nullable Double oneWay;
  @Nullable Double own;
  Shares encrypted = new Shares(null, null, null, null, null);
  ShareBand band = new ShareBand(null, null);
  ListInfo list = new ListInfo("2026-11-23", "8c1f0e5bd6a2", 2310, 0, "2026-08-21", 91L, false);

  Traffic() {
    LOSSES.forEach(cause -> loss.put(cause, 0L));
  }

  void transport(String label, long flows, long packets, long bytes, long queries) {
    transports.put(label, new TransportSums(flows, packets, bytes, queries, queries, null, null));
  }

  void estimated(String label, long flows, long packets, long bytes, long... queries) {
    transports.put(
        label, new TransportSums(flows, packets, bytes, queries[1], 0, queries[0], queries[2]));
  }

  void operator(String name, String country, long flows, String... transports) {
    Map<String, Long> byTransport = new LinkedHashMap<>();
    for (String transport : transports) {
      byTransport.put(transport, flows / transports.length);
    }
    operators.add(
        new OperatorShare(name, country, flows, flows * 700, 0, 0, 12, byTransport, 0, 0));
  }

  /** An evening of an access network, made up, with figures that agree with each other. */
  static Traffic evening() {
    Traffic evening = new Traffic();
    evening.files.addAll(List.of("captures/evening-1.pcapng", "captures/evening-2.pcapng.zst"));
    evening.first = "2026-11-20T18:00:00.250000Z";
    evening.last = "2026-11-20T18:05:12.750000Z";
    evening.elapsed = 312.5;
    evening.frames = 1_234_567;
    evening.bytes = 812_345_678;
    evening.dnsFrames = 200_000;
    evening.otherFrames = 1_034_567;
    evening.transport("do53-udp", 6000, 14_000, 1_500_000, 7000);
    evening.transport("do53-tcp", 100, 1000, 120_000, 110);
    evening.estimated("dot", 1000, 45_000, 9_100_000, 11_900, 12_000, 12_400);
    evening.estimated("doh", 2000, 110_000, 31_000_000, 30_000, 30_000, 30_000);
    evening.transport("doh3", 900, 29_000, 8_000_000, 0);
    evening.transport("doq", 0, 0, 0, 0);
    evening.transport("mdns", 40, 1000, 90_000, 700);
    evening.transport("suspected", 25, 2000, 500_000, 0);
    evening.transport("other", 15_000, 1_032_567, 761_000_000, 0);
    evening.encrypted = new Shares(0.39, null, null, null, 0.967);
    evening.band = new ShareBand(0.352, 0.3915);
    evening.suspected = 25;
    evening.unobservable = 310;
    evening.own = 0.402;
    evening.flowsOpened = 25_065;
    evening.closed.put("fin", 9000L);
    evening.closed.put("idle", 15_000L);
    evening.closed.put("evicted", 0L);
    evening.closed.put("eof", 1065L);
    evening.midstream = 12;
    evening.oneWay = 0.0125;
    evening.signals = 17;
    evening.canaries.put("use-application-dns.net", 5L);
    evening.canaries.put("mask.icloud.com", 0L);
    evening.addReceivers();
    evening.addLatencies();
    return evening;
  }

  /** The largest numbers that records can hold, and names that nobody would want. */
  static Traffic monstrous() {
    Traffic traffic = evening();
    String word =
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    traffic.files.add(0, "x".repeat(300) + ".pcap");
    long most = Long.MAX_VALUE / 16;
    traffic.frames = Long.MAX_VALUE;
    traffic.bytes = Long.MAX_VALUE;
    traffic.transport("do53-udp", most, most, most, 1);
    traffic.transport("doq", 1, most, most, most);
    traffic.suspected = most;
    traffic.operator(word + " " + word, "AT", most / 2, "doh", "doq", "dot", "dnscrypt");
    traffic.operator("\u65e5\u672c\u8a9e".repeat(30), "JP", 7, "doh3");
    traffic.operatorsSeen = most;
    traffic.countries.add(0, new CountryShare("BA", most, Long.MAX_VALUE, most));
    traffic.byCountry.put(
        "bytes", new Concentration(1, 1, 1, 1, 1, Integer.MAX_VALUE, Integer.MAX_VALUE, 1));
    traffic.latency.put("doq", new LatencySummary(0, 1, Long.MAX_VALUE, Long.MAX_VALUE));
    traffic.canaries.put("use-application-dns.net", Long.MAX_VALUE);
    traffic.loss.replaceAll((cause, count) -> Long.MAX_VALUE);
    traffic.undecodable.put("link_type", most);
    traffic.closed.replaceAll((reason, count) -> most);
    traffic.list =
        new ListInfo(
            "v".repeat(200),
            "",
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            "9999-12-31",
            Long.MAX_VALUE,
            true);
    return traffic;
  }

  private void addReceivers() {
    operator("Example Net", "DE", 4000, "do53-udp", "dot");
    operator("Cloudflare", "US", 2500, "doh", "doh3", "do53-udp");
    operator("Google", "US", 2000, "do53-udp", "doh");
    operator("unknown", "ZZ", 1000, "do53-udp");
    operator("Quad9", "CH", 500, "dot", "do53-udp");
    operatorsSeen = 4;
    countries.add(new CountryShare("US", 4500, 30_000_000, 2));
    countries.add(new CountryShare("DE", 4000, 15_000_000, 1));
    countries.add(new CountryShare("ZZ", 1000, 700_000, 0));
    countries.add(new CountryShare("CH", 500, 4_000_000, 1));
    byOperator.put("flows", new Concentration(0.3241, 0.444, 0.944, 1, 3.0855, 2, 3, 0.1));
    byOperator.put("bytes", new Concentration(0.1899, 0.4, 0.8, 0.95, 5.27, 3, 4, 0.014));
    byCountry.put("flows", new Concentration(0.4506, 0.5, 1, 1, 2.219, 2, 2, 0.1));
  }

  private void addLatencies() {
    latency.put("do53-udp", new LatencySummary(840, 12_345, 98_765, 1_500_000));
    latency.put("do53-tcp", new LatencySummary(15_200, 31_000, 120_000, 120_000));
    handshake.put("dot", new LatencySummary(11_000, 24_000, 61_000, 210_000));
    handshake.put("doh", new LatencySummary(9500, 21_000, 58_000, 199_000));
  }

  SummaryRecord summary() {
    return new SummaryRecord(
        whole(),
        files,
        first,
        last,
        elapsed,
        elapsed > 0 ? frames / elapsed : 0,
        1,
        operators,
        latency,
        handshake,
        operatorsSeen,
        countries,
        Map.of(),
        band);
  }

  private WindowRecord whole() {
    return new WindowRecord(
        "2026-11-20T18:00:00.000000Z",
        elapsed,
        true,
        frames,
        bytes,
        dnsFrames,
        otherFrames,
        undecodable,
        transports,
        encrypted,
        new Concentrations(byOperator, byCountry),
        own,
        canaries,
        signals,
        signals * 2,
        signals * 3,
        suspected,
        unobservable,
        Map.of(),
        loss,
        flowsOpened,
        closed,
        duplicates,
        oneWay,
        midstream,
        list,
        Map.of(),
        signals,
        capture,
        Map.of(),
        0,
        0,
        1);
  }
}
