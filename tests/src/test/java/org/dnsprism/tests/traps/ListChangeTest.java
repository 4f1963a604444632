// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.StringReader;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.classifier.endpoint.EndpointSource;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.pipeline.record.SummaryRecord.OperatorShare;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.Test;

/** Another endpoint list comes into force while flows are open, at the end of a window. */
class ListChangeTest {
  private static final long WINDOW = 10_000_000_000L;
  private static final String HEADER = "kind\tvalue\toperator\toperator_country\tprotocols\n";

  /** Serves by both lists, but for another operator. */
  private static final String MOVED = "198.51.100.53";

  /** Is in the first list only. */
  private static final String LEFT = "198.51.100.54";

  /** Is in the second list only. */
  private static final String CAME = "198.51.100.55";

  private static final long LATENESS = 1_000_000_000L;

  private static final EndpointList FIRST =
      list(
          "address\t198.51.100.53\tMonroe\tUS\tdo53,dot",
          "address\t198.51.100.54\tZeppelin\tDE\tdo53,dot");

  private static final EndpointList SECOND =
      list(
              "address\t198.51.100.1\tAbacus\tFR\tdo53,dot",
              "address\t198.51.100.53\tAbacus\tFR\tdo53,dot",
              "address\t198.51.100.55\tMonroe\tUS\tdo53,dot")
          .after(FIRST);

  private static EndpointList list(String... rules) {
    String text = HEADER + String.join("\n", rules);
    try {
      return EndpointList.parse(List.of(new EndpointSource("test", new StringReader(text))));
    } catch (EndpointListException e) {
      throw new AssertionError(e);
    }
  }

  /** The second list, from the second meeting of the workers on: that at the end of window 1. */
  private static Supplier<EndpointList> changing() {
    AtomicInteger asked = new AtomicInteger();
    return () -> asked.getAndIncrement() < 2 ? FIRST : SECOND;
  }

  /** Three windows; in each of them three clients ask each of the servers, on the same ports. */
  private static TrapCapture capture() {
    TrapCapture capture = TrapCapture.ethernet();
    for (int window = 0; window < 3; window++) {
      // A window closes a second late, and until then the list before it is in force.
      capture.at(TrapCapture.START + window * WINDOW + 2 * LATENESS);
      for (String server : List.of(MOVED, LEFT, CAME)) {
        for (int client = 1; client <= 3; client++) {
          Peer peer = Peer.of("192.0.2." + client, 40_000);
          byte[] query = Questions.query(window, "www.example.com");
          capture.packet(IpPackets.udp(peer, Peer.of(server, 53), query));
        }
      }
    }
    return capture;
  }

  private static String operator(RunOfCapture run, int window, String server) {
    String start = run.windows().get(window).windowStart();
    return run.stats().stream()
        .filter(cell -> cell.windowStart().equals(start) && cell.serverIp().equals(server))
        .map(StatsRecord::operator)
        .reduce((one, other) -> one + " and " + other)
        .orElse("none");
  }

  @Test
  void listChangesForAllFlowsAtTheEndOfAWindow() {
    RunOfCapture run = capture().run(1, FIRST, changing());
    assertNull(run.failure());
    // The first answer of the supplier is the list at the start, the next is that of window 0's
    // end.
    assertEquals(
        List.of(FIRST.digest(), FIRST.digest(), SECOND.digest()),
        run.windows().stream().map(w -> w.endpointList().digest()).toList());
    for (int window = 0; window < 2; window++) {
      assertEquals("Monroe", operator(run, window, MOVED));
      assertEquals("Zeppelin", operator(run, window, LEFT));
      assertEquals("unknown", operator(run, window, CAME));
    }
    assertEquals("Abacus", operator(run, 2, MOVED));
    assertEquals("unknown", operator(run, 2, LEFT));
    assertEquals("Monroe", operator(run, 2, CAME));
  }

  @Test
  void summaryNamesTheOperatorsOfBothLists() {
    RunOfCapture run = capture().run(1, FIRST, changing());
    assertEquals(
        List.of("Monroe US 3", "Zeppelin DE 3", "unknown ZZ 3"),
        run.summaries().get(0).operators().stream()
            .filter(share -> share.flows() > 0)
            .map(ListChangeTest::words)
            .toList());
    // Flows were counted under the first list; each record tells who ran the server at its end.
    assertEquals(
        List.of("198.51.100.53 Abacus", "198.51.100.54 null", "198.51.100.55 Monroe"),
        run.flows().stream()
            .map(flow -> flow.serverIp() + " " + flow.operator())
            .distinct()
            .sorted()
            .toList());
    assertEquals(9, run.flows().size());
    assertEquals(27, run.flows().stream().mapToLong(FlowRecord::clientPackets).sum());
  }

  private static String words(OperatorShare share) {
    return share.operator() + " " + share.country() + " " + share.flows();
  }

  @Test
  void recordsDoNotDependOnTheNumberOfThreads() {
    byte[] one = capture().run(1, FIRST, changing()).json();
    for (int threads : new int[] {2, 5, 16}) {
      assertArrayEquals(one, capture().run(threads, FIRST, changing()).json());
    }
  }

  @Test
  void aListThatStaysChangesNothing() {
    RunOfCapture alone = capture().endpoints(FIRST).run();
    RunOfCapture watched = capture().run(2, FIRST, () -> FIRST);
    assertArrayEquals(alone.json(), watched.json());
    assertEquals(1, alone.windows().stream().map(WindowRecord::endpointList).distinct().count());
  }
}
