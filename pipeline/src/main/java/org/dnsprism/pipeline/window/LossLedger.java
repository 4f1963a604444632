// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import org.dnsprism.classifier.flow.FlowCounters;
import org.dnsprism.classifier.flow.FlowEngine;
import org.dnsprism.classifier.learned.LearnedTable;
import org.dnsprism.classifier.learned.Refusal;
import org.dnsprism.classifier.wire.PacketDecoder;
import org.dnsprism.pipeline.window.WindowTotals.Count;
import org.jspecify.annotations.Nullable;

/** Writes what was lost since the last window into each window, from counters that only grow. */
final class LossLedger {
  private static final Count[] KINDS = {
    Count.FLOWS_OPENED,
    Count.REASSEMBLY,
    Count.UNINSPECTED,
    Count.QUERIES_EVICTED,
    Count.DECRYPTIONS_SKIPPED,
    Count.FRAGMENTS_LOST,
    Count.LEARNED_EXPIRED,
    Count.LEARNED_DROPPED
  };
  private static final Refusal[] REFUSALS = Refusal.values();

  private final PacketDecoder decoder;
  private final @Nullable FlowEngine[] engines;
  private final boolean countsFrames;
  private final long[] before = new long[KINDS.length];
  private final long[] refusedBefore = new long[REFUSALS.length];

  LossLedger(PacketDecoder decoder, @Nullable FlowEngine[] engines, boolean countsFrames) {
    this.decoder = decoder;
    this.engines = engines;
    this.countsFrames = countsFrames;
  }

  /**
   * Adds what happened since the last call.
   *
   * @param known what is learned, which is the same for all workers and counted by one of them
   */
  void addTo(WindowTotals totals, LearnedTable known) {
    for (int i = 0; i < KINDS.length; i++) {
      long now = now(KINDS[i], known);
      totals.add(KINDS[i], now - before[i]);
      before[i] = now;
    }
    for (int i = 0; i < REFUSALS.length; i++) {
      long now = refused(REFUSALS[i]);
      totals.addRefused(REFUSALS[i], now - refusedBefore[i]);
      refusedBefore[i] = now;
    }
    totals.noteLearned(countsFrames ? known.size() : 0);
  }

  private long refused(Refusal refusal) {
    long sum = 0;
    for (FlowEngine engine : engines) {
      sum += engine == null ? 0 : engine.refused(refusal);
    }
    return sum;
  }

  private long now(Count kind, LearnedTable known) {
    if (kind == Count.FRAGMENTS_LOST) {
      return countsFrames ? decoder.lostFragments() : 0;
    }
    if (kind == Count.LEARNED_EXPIRED) {
      return countsFrames ? known.expired() : 0;
    }
    if (kind == Count.LEARNED_DROPPED) {
      return countsFrames ? known.dropped() : 0;
    }
    long sum = 0;
    for (FlowEngine engine : engines) {
      if (engine != null) {
        sum += of(engine.counters(), kind);
      }
    }
    return sum;
  }

  private static long of(FlowCounters counters, Count kind) {
    return switch (kind) {
      case FLOWS_OPENED -> counters.opened();
      case REASSEMBLY -> counters.reassemblyGaps() + counters.reassemblyLimits();
      case UNINSPECTED -> counters.uninspected();
      case QUERIES_EVICTED -> counters.queriesEvicted();
      case DECRYPTIONS_SKIPPED -> counters.decryptionsSkipped();
      default -> 0;
    };
  }
}
