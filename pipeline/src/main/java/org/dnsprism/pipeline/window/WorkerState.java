// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.report.LiveState;
import org.dnsprism.pipeline.report.LiveState.Messages;
import org.dnsprism.pipeline.window.WindowTotals.Count;
import org.dnsprism.pipeline.window.WindowTotals.Sum;

/**
 * How a worker of a live run stands at a tick.
 *
 * @param totals what it has counted since the start; flows and their packets only of windows that
 *     are closed
 * @param ledger of its rings since the start
 * @param flowsOpen flows that it follows
 * @param factor see {@link Sampling#factor}
 */
record WorkerState(WindowTotals totals, RingLedgers.Entry ledger, long flowsOpen, int factor) {

  /** How the run stands whose workers stand like this. */
  static LiveState together(List<WorkerState> workers) {
    WindowTotals totals = new WindowTotals();
    RingLedgers rings = new RingLedgers();
    long flowsOpen = 0;
    int factor = 1;
    for (WorkerState worker : workers) {
      totals.addAll(worker.totals());
      rings.add(worker.ledger());
      flowsOpen += worker.flowsOpen();
      factor = Math.max(factor, worker.factor());
    }
    return new LiveState(
        totals.get(Count.FRAMES),
        totals.get(Count.BYTES),
        totals.get(Count.DUPLICATES),
        totals.get(Count.SHED),
        factor,
        flowsOpen,
        messages(totals),
        rings.record());
  }

  private static Map<String, Messages> messages(WindowTotals totals) {
    Map<String, Messages> messages = new LinkedHashMap<>();
    for (Transport transport : Transport.values()) {
      long queries = totals.get(transport, Sum.QUERIES);
      messages.put(transport.label(), new Messages(queries, totals.get(transport, Sum.RESPONSES)));
    }
    return messages;
  }
}
