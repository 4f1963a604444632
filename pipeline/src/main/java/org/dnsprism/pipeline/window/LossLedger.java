// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import org.dnsprism.capture.FrameSource;
import org.dnsprism.capture.SourceLedger;
import org.dnsprism.classifier.flow.FlowCounters;
import org.dnsprism.classifier.flow.FlowEngine;
import org.dnsprism.classifier.learned.LearnedTable;
import org.dnsprism.classifier.learned.Refusal;
import org.dnsprism.classifier.wire.DuplicateFilter;
import org.dnsprism.classifier.wire.PacketDecoder;
import org.dnsprism.pipeline.window.WindowTotals.Count;
import org.jspecify.annotations.Nullable;

/** Writes what was lost since the last window into each window, from counters that only grow. */
final class LossLedger {
  /** In place of a worker's number: the source has no rings. */
  static final int REPLAY = -1;

  private static final Count[] KINDS = {
    Count.FLOWS_OPENED,
    Count.REASSEMBLY,
    Count.UNINSPECTED,
    Count.UNESTIMATED,
    Count.QUERIES_EVICTED,
    Count.DECRYPTIONS_SKIPPED,
    Count.FRAGMENTS_LOST,
    Count.RING_DROPPED,
    Count.LEARNED_EXPIRED,
    Count.LEARNED_DROPPED,
    Count.MALFORMED,
    Count.RETRIES_DROPPED,
    Count.COPIES_UNCHECKED
  };
  private static final Refusal[] REFUSALS = Refusal.values();

  private final FrameSource source;
  private final PacketDecoder decoder;
  private final @Nullable DuplicateFilter copies;
  private final @Nullable FlowEngine[] engines;
  private final boolean countsFrames;
  private final boolean countsLearned;
  private final int liveWorker;
  private final long[] before = new long[KINDS.length];
  private final long[] refusedBefore = new long[REFUSALS.length];
  private SourceLedger kernel = SourceLedger.NOTHING;

  /**
   * Makes one.
   *
   * @param countsFrames whether the worker counts what is not of a flow
   * @param countsLearned whether the worker counts what all of them know
   * @param liveWorker number of a worker whose source has rings of its own, else {@link #REPLAY}
   */
  LossLedger(
      FrameSource source,
      PacketDecoder decoder,
      @Nullable DuplicateFilter copies,
      @Nullable FlowEngine[] engines,
      boolean countsFrames,
      boolean countsLearned,
      int liveWorker) {
    this.source = source;
    this.liveWorker = liveWorker;
    this.decoder = decoder;
    this.copies = copies;
    this.engines = engines;
    this.countsFrames = countsFrames;
    this.countsLearned = countsLearned;
  }

  /**
   * Adds what happened since the last call.
   *
   * @param known what is learned, which is the same for all workers and counted by one of them
   */
  void addTo(OpenWindow window, LearnedTable known) {
    SourceLedger now = source.ledger();
    if (liveWorker != REPLAY) {
      window.setLedger(new RingLedgers.Entry(liveWorker, now.since(kernel), now.waiting()));
    }
    kernel = now;
    addTo(window.totals(), known);
  }

  private void addTo(WindowTotals totals, LearnedTable known) {
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
    totals.noteLearned(countsLearned ? known.size() : 0);
  }

  private long refused(Refusal refusal) {
    long sum = 0;
    for (FlowEngine engine : engines) {
      sum += engine == null ? 0 : engine.refused(refusal);
    }
    return sum;
  }

  private long now(Count kind, LearnedTable known) {
    return switch (kind) {
      case FRAGMENTS_LOST -> countsFrames ? decoder.lostFragments() : 0;
      case RING_DROPPED -> kernel.dropped();
      case COPIES_UNCHECKED -> countsFrames && copies != null ? copies.forgotten() : 0;
      case LEARNED_EXPIRED -> countsLearned ? known.expired() : 0;
      case LEARNED_DROPPED -> countsLearned ? known.dropped() : 0;
      default -> ofFlows(kind);
    };
  }

  private long ofFlows(Count kind) {
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
      case UNESTIMATED -> counters.unestimated();
      case QUERIES_EVICTED -> counters.queriesEvicted();
      case DECRYPTIONS_SKIPPED -> counters.decryptionsSkipped();
      case MALFORMED -> counters.malformedDns();
      case RETRIES_DROPPED -> counters.retriesDropped();
      default -> 0;
    };
  }
}
