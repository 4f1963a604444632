// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord.TransportSums;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program counts in made traffic is what was made. */
class TrafficTruthTest {
  private static final List<String> TRANSPORTS =
      List.of("do53-udp", "do53-tcp", "dot", "doh", "doh3", "doq", "dnscrypt", "other");
  private static final List<String> COUNTABLE = List.of("do53-udp", "do53-tcp", "dnscrypt");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"mixed, 0", "mixed, 0.01", "dns, 0", "held, 0"})
  void everyTransportHasItsFlowsFramesAndMessages(String mix, String reorder) throws Exception {
    MadeTraffic made =
        MadeTraffic.in(
            directory, "--packets=60000", "--rate=5000", "--mix=" + mix, "--reorder=" + reorder);
    SummaryRecord summary = summary(made);
    Map<String, TransportSums> found = summary.whole().transports();
    for (String transport : TRANSPORTS) {
      TransportSums sums = found.get(transport);
      assertNotNull(sums, transport);
      assertEquals(made.count(transport, "flows"), sums.flows(), transport + ": flows");
      assertEquals(made.count(transport, "frames"), sums.packets(), transport + ": frames");
      assertEquals(made.count(transport, "bytes"), sums.bytes(), transport + ": bytes");
      if (COUNTABLE.contains(transport)) {
        assertEquals(made.count(transport, "queries"), sums.queries(), transport + ": queries");
        assertEquals(
            made.count(transport, "responses"), sums.responses(), transport + ": responses");
      }
    }
    assertEquals(made.count("all", "frames"), summary.whole().frames());
  }

  @Test
  void lostFramesAreMissingAndCopiesAreThere() throws Exception {
    MadeTraffic made =
        MadeTraffic.in(
            directory, "--packets=30000", "--loss=0.02", "--duplicates=0.03", "--snap=96");
    assertEquals(30_000, summary(made).whole().frames());
    assertAbout(0.02 * 30_000, made.count("all", "lost"));
    assertAbout(0.03 * 30_000, made.count("all", "copies"));
  }

  /** Five standard deviations of rare events are never exceeded. */
  private static void assertAbout(double expected, long found) {
    assertEquals(expected, (double) found, 5 * Math.sqrt(expected));
  }

  private static SummaryRecord summary(MadeTraffic made) throws Exception {
    RunOfCapture run = RunOfCapture.of(made.capture(), 2);
    assertNull(run.failure());
    return run.summaries().get(0);
  }
}
