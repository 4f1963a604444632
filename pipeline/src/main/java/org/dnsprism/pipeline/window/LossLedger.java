// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import org.dnsprism.capture.FrameSource;
import org.dnsprism.capture.SourceLedger;
import org.dnsprism.classifier.flow.FlowCounters;
import org.dnsprism.classifier.flow.FlowEngine;
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
    Count.COPIES_UNCHECKED
  };

  private final FrameSource source;
  private final PacketDecoder decoder;
  private final @Nullable DuplicateFilter copies;
  private final @Nullable FlowEngine[] engines;
  private final boolean countsFrames;
  private final int liveWorker;
  private final long[] before = new long[KINDS.length];
  private SourceLedger kernel = SourceLedger.NOTHING;

  /**
   * Makes one.
   *
   * @param countsFrames whether the worker counts what is not of a flow
   * @param liveWorker number of a worker whose source has rings of its own, else {@link #REPLAY}
   */
  LossLedger(
      FrameSource source,
      PacketDecoder decoder,
      @Nullable DuplicateFilter copies,
      @Nullable FlowEngine[] engines,
      boolean countsFrames,
      int liveWorker) {
    this.source = source;
    this.liveWorker = liveWorker;
    this.decoder = decoder;
    this.copies = copies;
    this.engines = engines;
    this.countsFrames = countsFrames;
  }

  void addTo(OpenWindow window) {
    SourceLedger now = source.ledger();
    if (liveWorker != REPLAY) {
      window.setLedger(new RingLedgers.Entry(liveWorker, now.since(kernel), now.waiting()));
    }
    kernel = now;
    addTo(window.totals());
  }

  private void addTo(WindowTotals totals) {
    for (int i = 0; i < KINDS.length; i++) {
      long now = now(KINDS[i]);
      totals.add(KINDS[i], now - before[i]);
      before[i] = now;
    }
  }

  private long now(Count kind) {
    return switch (kind) {
      case FRAGMENTS_LOST -> countsFrames ? decoder.lostFragments() : 0;
      case RING_DROPPED -> kernel.dropped();
      case COPIES_UNCHECKED -> countsFrames && copies != null ? copies.forgotten() : 0;
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
      default -> 0;
    };
  }
}
