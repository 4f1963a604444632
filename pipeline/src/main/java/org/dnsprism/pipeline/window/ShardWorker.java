// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.dnsprism.capture.FrameHandler;
import org.dnsprism.capture.FrameSource;
import org.dnsprism.capture.SourceLedger;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.CutAnswer;
import org.dnsprism.classifier.flow.CutAnswers;
import org.dnsprism.classifier.flow.FlowEngine;
import org.dnsprism.classifier.flow.FlowShards;
import org.dnsprism.classifier.flow.PacketBatch;
import org.dnsprism.classifier.learned.LearnedNews;
import org.dnsprism.classifier.learned.LearnedTable;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.classifier.wire.DuplicateFilter;
import org.dnsprism.classifier.wire.PacketDecoder;
import org.dnsprism.pipeline.window.WindowTotals.Count;
import org.jspecify.annotations.Nullable;

/**
 * One thread from source to window: walks all frames of its source, takes the flows of its shards
 * and counts them into its windows. Where all workers walk the same frames the first one counts
 * them, and windows end by the frames' time; where each has frames of its own, windows end by the
 * wall clock, so that a silent link has windows too.
 */
final class ShardWorker implements Runnable, FrameHandler {
  /** Parcels are handed over after so many frames, so that ended flows do not pile up. */
  private static final int FRAMES_PER_PARCEL = 1 << 16;

  private static final long LOOK_NANOS = 100_000_000;

  private final int index;
  private final FrameSource source;
  private final LearningExchange exchange;
  private final boolean countsFrames;
  private final @Nullable WallClock wall;
  private final EventClock clock;
  private final OpenWindows windows = new OpenWindows();
  private final @Nullable FlowEngine[] engines;
  private final FlowShards shards;
  private final ParcelOffice office;
  private final PacketDecoder decoder = new PacketDecoder();
  private final PacketBatch batch = new PacketBatch();
  private final @Nullable DuplicateFilter copies;
  private final LossLedger ledger;
  private final @Nullable LoadShedder shedder;
  private final Sampling sampling;
  private final WindowTotals past = new WindowTotals();
  private long nextLook;
  private long droppedBefore;
  private EndpointList endpoints;
  private LearnedTable known;
  private CutAnswers cutAnswers = CutAnswers.NONE;
  private int meetings;
  private long frames;
  private long nextParcel = FRAMES_PER_PARCEL;

  /**
   * Makes a worker.
   *
   * @param index 0 for the worker that counts frames
   * @param plan how shards, windows and records are made
   * @param exchange where the workers tell what they learned
   * @param queue takes the parcels; a full queue makes the worker wait
   * @param wall ends windows, where the source has frames of its own; null where all workers have
   *     the same
   * @param shedder decides which clients are looked at; null for all
   */
  ShardWorker(
      int index,
      WorkPlan plan,
      FrameSource source,
      LearningExchange exchange,
      BlockingQueue<Parcel> queue,
      @Nullable WallClock wall,
      @Nullable LoadShedder shedder) {
    this.index = index;
    this.shedder = shedder;
    this.wall = wall;
    this.source = source;
    this.exchange = exchange;
    countsFrames = index == 0 || wall != null;
    clock = new EventClock(plan.windowNanos(), plan.latenessNanos());
    office = new ParcelOffice(plan, queue);
    sampling = plan.sampling();
    engines = plan.engines(index, wall != null, windows, office, sampling);
    endpoints = plan.endpoints();
    known = LearnedTable.empty(endpoints);
    shards = new FlowShards(engines);
    copies = plan.copies();
    int liveWorker = wall == null ? LossLedger.REPLAY : index;
    ledger = new LossLedger(source, decoder, copies, engines, countsFrames, index == 0, liveWorker);
    if (wall != null) {
      clock.start(wall.startNanos());
    }
  }

  @Override
  public void run() {
    Throwable failure = null;
    try {
      while (source.poll(this, PacketBatch.CAPACITY) != FrameSource.END) {
        finishBatch();
        decoder.release();
        handOver();
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
    finish(failure);
  }

  private void handOver() {
    if (wall == null) {
      if (frames >= nextParcel) {
        nextParcel = frames + FRAMES_PER_PARCEL;
        office.send();
      }
      return;
    }
    if (shedder != null) {
      look(shedder);
    }
    for (long tick = wall.nextTick(); tick >= 0; tick = wall.nextTick()) {
      clock.advance(tick);
      closeWindows(tick);
      office.sendState(state());
    }
  }

  /** Looks at the rings ten times a second, and at what is decided about the load each time. */
  private void look(LoadShedder load) {
    long now = System.nanoTime();
    if (now - nextLook >= 0) {
      nextLook = now + LOOK_NANOS;
      long dropped = source.ledger().dropped();
      load.report(source.backlog(), dropped > droppedBefore, now);
      droppedBefore = dropped;
    }
    sampling.setLevel(load.level());
  }

  private WorkerState state() {
    WindowTotals totals = new WindowTotals();
    totals.addAll(past);
    windows.addTo(totals);
    long opened = 0;
    for (FlowEngine engine : engines) {
      opened += engine == null ? 0 : engine.counters().opened();
    }
    SourceLedger kernel = source.ledger();
    return new WorkerState(
        totals,
        new RingLedgers.Entry(index, kernel, kernel.waiting()),
        opened - totals.closed(),
        sampling.factor());
  }

  @Override
  public void onFrame(
      ByteBuf buffer,
      int offset,
      int capturedLength,
      int wireLength,
      long timeNanos,
      int linkType,
      int vlanTag) {
    if (wall == null && clock.endsWindow(timeNanos)) {
      closeWindows(timeNanos);
    }
    frames++;
    int window = clock.windowOf(timeNanos);
    DecodeStatus status =
        decoder.decode(
            buffer, offset, capturedLength, wireLength, timeNanos, linkType, vlanTag, batch.next());
    if (countsFrames) {
      count(window, status, capturedLength, wireLength);
    }
    if (status == DecodeStatus.TRANSPORT && !isCopy(window) && !isShed(window)) {
      batch.add(window);
      if (batch.size() == PacketBatch.CAPACITY) {
        finishBatch();
      }
    }
  }

  /** Where all workers walk the same frames, all find the same copies, and the first counts. */
  private boolean isCopy(int window) {
    if (copies == null || !copies.isCopy(batch.next())) {
      return false;
    }
    if (countsFrames) {
      windows.at(window).totals().add(Count.DUPLICATES, 1);
    }
    return true;
  }

  private boolean isShed(int window) {
    if (!sampling.sheds(batch.next())) {
      return false;
    }
    windows.at(window).totals().add(Count.SHED, 1);
    return true;
  }

  private void count(int window, DecodeStatus status, int capturedLength, int wireLength) {
    WindowTotals totals = windows.at(window).totals();
    totals.add(Count.FRAMES, 1);
    totals.add(Count.BYTES, wireLength);
    if (capturedLength < wireLength) {
      totals.add(Count.SNAPPED_FRAMES, 1);
    }
    if (clock.late()) {
      totals.add(Count.LATE_FRAMES, 1);
    }
    switch (status.kind()) {
      case OTHER -> totals.add(Count.OTHER_FRAMES, 1);
      case UNDECODABLE -> totals.addUndecodable(status);
      case TRANSPORT -> {}
    }
  }

  private void finishBatch() {
    if (batch.size() > 0) {
      shards.accept(batch);
      batch.clear();
    }
  }

  private void closeWindows(long timeNanos) {
    finishBatch();
    for (int closed = clock.closeNext(timeNanos);
        closed >= 0;
        closed = clock.closeNext(timeNanos)) {
      close(closed);
    }
  }

  private void close(int window) {
    shareNews(window);
    for (FlowEngine engine : engines) {
      if (engine != null) {
        engine.closeInterval(window, clock.latestNanos());
      }
    }
    OpenWindow closed = windows.close(window);
    ledger.addTo(closed, known);
    past.addAll(closed.totals());
    office.sendWindow(closed, clock.startOf(window));
    use(exchange.list(meetings - 1));
  }

  /** Goes on with another endpoint list if the workers agreed on one. */
  private void use(EndpointList agreed) {
    if (agreed == endpoints) {
      return;
    }
    endpoints = agreed;
    known = known.with(agreed);
    for (FlowEngine engine : engines) {
      if (engine != null) {
        engine.use(agreed, known);
      }
    }
    office.use(agreed);
  }

  private void shareNews(int window) {
    List<LearnedNews> own = new ArrayList<>();
    List<CutAnswer> cut = new ArrayList<>();
    for (FlowEngine engine : engines) {
      if (engine != null) {
        own.add(engine.takeLearned());
        cut.addAll(engine.takeCutAnswers());
      }
    }
    ShardNews all = exchange.meet(index, meetings++, new ShardNews(LearnedNews.of(own), cut));
    known = known.with(all.learned(), clock.startOf(window));
    cutAnswers = cutAnswers.with(all.cutAnswers(), clock.latestNanos());
    for (FlowEngine engine : engines) {
      if (engine != null) {
        engine.learn(known);
        engine.know(cutAnswers);
      }
    }
  }

  private void finish(@Nullable Throwable failure) {
    Throwable cause = failure;
    try {
      finishBatch();
      if (clock.started()) {
        closeAll();
      }
      source.close();
    } catch (IOException e) {
      cause = cause == null ? e : cause;
    } catch (RuntimeException | Error e) {
      cause = cause == null ? e : cause;
    }
    exchange.leave();
    office.sendLast(cause, clock);
  }

  private void closeAll() {
    int newest = clock.newest();
    for (int window = clock.oldestOpen(); window < newest; window++) {
      close(window);
    }
    shareNews(newest);
    for (FlowEngine engine : engines) {
      if (engine != null) {
        engine.finish(newest);
      }
    }
    decoder.finish();
    OpenWindow closed = windows.close(newest);
    ledger.addTo(closed, known);
    office.sendWindow(closed, clock.startOf(newest));
  }
}
