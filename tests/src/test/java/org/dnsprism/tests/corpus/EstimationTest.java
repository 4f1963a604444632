// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.api.Test;

/**
 * Flows of {@code tests/lab/make-estimation}, of which the clients or the servers' logs said how
 * many queries they carry. The rules are those of {@code tests/lab/check-estimation}.
 */
class EstimationTest {
  private static final Path FOLDER = LabCaptures.root().resolve("tests/lab/estimation/sample");
  private static final Map<String, Double> MOST_MEDIAN_ERROR =
      Map.of("dot", 0.05, "doh", 0.05, "doq", 0.15, "doh3", 0.15);
  private static final double LEAST_SHARE = 0.95;
  private static final int MANY_QUERIES = 20;
  private static final double SLACK_SECONDS = 1;

  /** A row of the truth: what was asked on each of some flows. */
  private record Asked(List<String> columns) {
    String transport() {
      return columns.get(8);
    }

    int queries() {
      return Integer.parseInt(columns.get(10));
    }

    boolean owns(FlowRecord flow) {
      String ends = flow.clientIp() + " " + flow.serverIp() + " " + flow.serverPort();
      boolean port = columns.get(4).equals("-") || columns.get(4).equals("" + flow.clientPort());
      double began = Instant.parse(flow.start()).toEpochMilli() / 1000.0;
      return ends.equals(columns.get(3) + " " + columns.get(5) + " " + columns.get(6))
          && flow.protocol().equals(columns.get(7))
          && port
          && began >= Double.parseDouble(columns.get(1)) - 0.001
          && began <= Double.parseDouble(columns.get(2)) + SLACK_SECONDS;
    }
  }

  @Test
  void theBandHoldsTheNumberOfQueriesAndTheEstimateIsNear() throws Exception {
    RunOfCapture run = RunOfCapture.of(FOLDER.resolve("sample.pcapng.zst"), 2);
    assertNull(run.failure());
    Map<String, List<Double>> errors = new TreeMap<>();
    List<String> outside = new ArrayList<>();
    int found = 0;
    int told = 0;
    for (String line : Files.readAllLines(FOLDER.resolve("sample.tsv"))) {
      Asked asked = new Asked(List.of(line.split("\t", -1)));
      told += Integer.parseInt(asked.columns().get(9));
      for (FlowRecord flow : run.flows().stream().filter(asked::owns).toList()) {
        found++;
        score(asked, flow, line, errors, outside);
      }
    }
    assertEquals(told, found);
    assertTrue(outside.size() <= (1 - LEAST_SHARE) * found, outside::toString);
    assertEquals(MOST_MEDIAN_ERROR.keySet(), errors.keySet());
    errors.forEach(
        (transport, of) ->
            assertTrue(
                median(of) <= MOST_MEDIAN_ERROR.getOrDefault(transport, 0.0),
                transport + " " + of));
  }

  private static void score(
      Asked asked,
      FlowRecord flow,
      String line,
      Map<String, List<Double>> errors,
      List<String> outside) {
    assertEquals(asked.transport(), flow.transport(), line);
    Long likely = flow.queries();
    Long low = flow.queriesLow();
    Long high = flow.queriesHigh();
    assertNotNull(likely);
    assertNotNull(low);
    assertNotNull(high);
    if (asked.queries() < low || asked.queries() > high) {
      outside.add(line + " estimated " + low + " to " + high);
    }
    if (asked.queries() >= MANY_QUERIES) {
      double off = Math.abs(likely - asked.queries());
      errors
          .computeIfAbsent(asked.transport(), any -> new ArrayList<>())
          .add(off / asked.queries());
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
