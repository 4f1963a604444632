// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.WindowRecord.TransportSums;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The lab's captures against what its clients were told to do. */
class LabTruthTest {
  private static final Set<String> COUNTABLE = Set.of("do53-udp", "do53-tcp", "dnscrypt");
  private static final String UNKNOWN = "-";

  /** What the truth says, or the records, of one client at one server over one transport. */
  private record Sum(String flows, String queries, String answers) {}

  @TestFactory
  Stream<DynamicTest> recordsAgreeWithWhatWasAsked() {
    Map<String, Map<String, Sum>> truth = new LinkedHashMap<>();
    for (Map<String, String> row : SharedCaptures.rows(LabCaptures.path("TRUTH.tsv"))) {
      String key =
          String.join(
              " ",
              cell(row, "client"),
              cell(row, "server"),
              cell(row, "server_port"),
              cell(row, "protocol"),
              cell(row, "transport"));
      truth
          .computeIfAbsent(cell(row, "capture"), any -> new TreeMap<>())
          .put(key, new Sum(cell(row, "flows"), cell(row, "queries"), cell(row, "answers")));
    }
    return truth.entrySet().stream()
        .map(
            capture ->
                DynamicTest.dynamicTest(
                    capture.getKey(), () -> check(path(capture.getKey()), capture.getValue())));
  }

  private static Path path(String capture) {
    return LabCaptures.path(capture + (capture.equals("demo") ? ".pcapng.zst" : ".pcapng"));
  }

  private static void check(Path capture, Map<String, Sum> truth) throws Exception {
    RunOfCapture run = RunOfCapture.of(capture, 2);
    assertNull(run.failure());
    checkWindows(run, truth);
    Map<String, Sum> found = sums(run.flows());
    Set<String> keys = new TreeSet<>(truth.keySet());
    keys.addAll(found.keySet());
    for (String key : keys) {
      Sum told = truth.getOrDefault(key, new Sum("0", "0", "0"));
      Sum seen = found.getOrDefault(key, new Sum("0", "0", "0"));
      same(told.flows(), seen.flows(), key + ": flows");
      if (COUNTABLE.contains(key.substring(key.lastIndexOf(' ') + 1))) {
        same(told.queries(), seen.queries(), key + ": queries");
        same(told.answers(), seen.answers(), key + ": answers");
      }
    }
  }

  /** The sums of the windows are those of what was asked, wherever messages can be counted. */
  private static void checkWindows(RunOfCapture run, Map<String, Sum> truth) {
    for (String transport : COUNTABLE) {
      List<Sum> told =
          truth.entrySet().stream()
              .filter(entry -> entry.getKey().endsWith(" " + transport))
              .map(Map.Entry::getValue)
              .toList();
      TransportSums seen = run.summaries().get(0).whole().transports().get(transport);
      if (seen != null && told.stream().noneMatch(sum -> sum.queries().equals(UNKNOWN))) {
        assertEquals(total(told, Sum::queries), seen.queries(), transport + ": queries in windows");
      }
      if (seen != null && told.stream().noneMatch(sum -> sum.answers().equals(UNKNOWN))) {
        assertEquals(total(told, Sum::answers), seen.responses(), transport + ": answers");
      }
    }
  }

  private static long total(List<Sum> sums, Function<Sum, String> count) {
    return sums.stream().map(count).mapToLong(Long::parseLong).sum();
  }

  private static void same(String told, String seen, String what) {
    if (!told.equals(UNKNOWN)) {
      assertEquals(told, seen, what);
    }
  }

  private static Map<String, Sum> sums(List<FlowRecord> flows) {
    Map<String, long[]> sums = new TreeMap<>();
    for (FlowRecord flow : flows) {
      String key =
          String.join(
              " ",
              String.valueOf(flow.clientIp()),
              flow.serverIp(),
              String.valueOf(flow.serverPort()),
              flow.protocol(),
              flow.transport());
      long[] sum = sums.computeIfAbsent(key, any -> new long[3]);
      sum[0]++;
      sum[1] += flow.queries() == null ? 0 : flow.queries();
      sum[2] += flow.responses() == null ? 0 : flow.responses();
    }
    Map<String, Sum> found = new TreeMap<>();
    sums.forEach(
        (key, sum) ->
            found.put(
                key, new Sum(Long.toString(sum[0]), Long.toString(sum[1]), Long.toString(sum[2]))));
    return found;
  }

  private static String cell(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }
}
