// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.dnsprism.capture.FrameSource;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.FlowShards;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.sink.BodySink;
import org.dnsprism.pipeline.sink.SinkException;
import org.jspecify.annotations.Nullable;

/**
 * A capture from its first frame to its summary: starts the workers, puts their parcels together in
 * an order that does not depend on their number, and hands the records to a sink. The caller's
 * thread does the putting together, so that a slow sink holds up the workers and loses nothing.
 */
public final class CaptureRun {
  private static final int PARCELS_AHEAD = 4;

  private final WorkPlan plan;
  private final BodySink sink;
  private final boolean ownKnown;
  private final List<BlockingQueue<Parcel>> queues = new ArrayList<>();
  private final RunSummary summary = new RunSummary();
  private final TreeMap<Long, PendingWindow> pending = new TreeMap<>();
  private Runnable stopOthers = () -> {};
  private Supplier<EndpointList> newest;
  private EndpointList endpoints;
  private LiveObserver observer = state -> {};
  private @Nullable LoadShedder shedder;
  private @Nullable Throwable failure;
  private long firstNanos;
  private long latestNanos;

  /**
   * Prepares a run.
   *
   * @param plan how it is done
   * @param ownKnown whether the network's own resolvers were named
   * @param sink takes the records in order
   */
  public CaptureRun(WorkPlan plan, boolean ownKnown, BodySink sink) {
    this.plan = plan;
    this.sink = sink;
    this.ownKnown = ownKnown;
    endpoints = plan.endpoints();
    newest = plan::endpoints;
  }

  /**
   * Takes another endpoint list whenever there is one, from the end of a window on.
   *
   * @param lists the newest list; each keeps the operators' numbers of those before it, see {@link
   *     EndpointList#after}, and the first is the plan's
   */
  public CaptureRun following(Supplier<EndpointList> lists) {
    newest = lists;
    return this;
  }

  /**
   * Reads the sources to their end and hands all records to the sink, the summary last, whatever
   * happens to the input.
   *
   * @param sources one for each worker of the plan, all with the same frames
   * @param files names for the summary
   * @return the summary
   * @throws SinkException when the sink cannot take a record; the input is then left
   */
  public Outcome run(List<FrameSource> sources, List<String> files) throws SinkException {
    return run(sources, files, () -> null);
  }

  /**
   * Reads sources that each have frames of their own until all of them end. Windows end by the wall
   * clock, also without frames.
   *
   * @param sources one for each worker of the plan
   * @param settings how it is done
   * @return the summary
   * @throws SinkException when the sink cannot take a record, or the observer ends the run
   */
  public Outcome runLive(List<FrameSource> sources, LiveSettings settings) throws SinkException {
    stopOthers = settings.stop();
    observer = settings.observer();
    shedder = settings.shed() ? new LoadShedder(System.nanoTime()) : null;
    InstantSource time = settings.time();
    long start = TimeUnit.MILLISECONDS.toNanos(time.millis());
    return run(sources, settings.interfaces(), () -> new WallClock(time, start));
  }

  private Outcome run(
      List<FrameSource> sources, List<String> files, Supplier<@Nullable WallClock> wall)
      throws SinkException {
    List<Thread> threads = start(sources, wall);
    try {
      while (!queues.isEmpty()) {
        takeParcels();
      }
      emitWindows(true); // a worker may have ended before its last window began
    } catch (SinkException | RuntimeException e) {
      threads.forEach(Thread::interrupt);
      throw e;
    }
    SummaryRecord record = summary.record(files, firstNanos, latestNanos, ownKnown, endpoints);
    sink.accept(record);
    return new Outcome(record, failure);
  }

  /** A window of which not all workers' parts may be there. */
  private static final class PendingWindow {
    private final WindowSums sums = new WindowSums();
    private final EndpointList endpoints;
    private int parts;

    PendingWindow(EndpointList endpoints) {
      this.endpoints = endpoints;
    }

    void add(OpenWindow part) {
      sums.add(part);
      parts++;
    }
  }

  /**
   * How a run went.
   *
   * @param summary its last record
   * @param failure why the input could not be read to its end; null when it could
   */
  public record Outcome(SummaryRecord summary, @Nullable Throwable failure) {
    /** Whether the input broke, as opposed to the program. */
    public boolean inputFailed() {
      return failure instanceof IOException;
    }
  }

  private List<Thread> start(List<FrameSource> sources, Supplier<@Nullable WallClock> wall) {
    List<Thread> threads = new ArrayList<>();
    LearningExchange exchange = new LearningExchange(plan.workers(), newest);
    for (int i = 0; i < plan.workers(); i++) {
      BlockingQueue<Parcel> queue = new ArrayBlockingQueue<>(PARCELS_AHEAD);
      queues.add(queue);
      Thread thread =
          new Thread(
              new ShardWorker(i, plan, sources.get(i), exchange, queue, wall.get(), shedder),
              "dnsprism-worker-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    return threads;
  }

  /** Takes the next parcel of each worker that has not ended. */
  private void takeParcels() throws SinkException {
    List<Parcel> parcels = new ArrayList<>();
    try {
      for (BlockingQueue<Parcel> queue : queues) {
        parcels.add(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = e;
      queues.clear();
      return;
    }
    emitFlows(parcels);
    keepWindows(parcels);
    emitWindows(false);
    tellState(parcels);
    for (int i = parcels.size() - 1; i >= 0; i--) {
      if (parcels.get(i).last()) {
        end(parcels.get(i));
        queues.remove(i);
      }
    }
  }

  private void tellState(List<Parcel> parcels) throws SinkException {
    List<WorkerState> states = new ArrayList<>();
    for (Parcel parcel : parcels) {
      WorkerState state = parcel.state();
      if (state != null) {
        states.add(state);
      }
    }
    if (states.size() == plan.workers()) {
      observer.onTick(WorkerState.together(states));
    }
  }

  private void end(Parcel last) {
    if (last.failure() != null) {
      failure = failure == null ? last.failure() : failure;
      stopOthers.run();
    }
    if (last.firstNanos() > 0) {
      firstNanos = firstNanos == 0 ? last.firstNanos() : Math.min(firstNanos, last.firstNanos());
      latestNanos = Math.max(latestNanos, last.latestNanos());
    }
  }

  /** Shards in order; where workers have frames of their own, each has a part of each shard. */
  private void emitFlows(List<Parcel> parcels) throws SinkException {
    for (int shard = 0; shard < FlowShards.SHARDS; shard++) {
      for (Parcel parcel : parcels) {
        for (FlowRecord flow : parcel.flows(shard)) {
          sink.accept(flow);
        }
      }
    }
  }

  private void keepWindows(List<Parcel> parcels) {
    for (Parcel parcel : parcels) {
      OpenWindow part = parcel.window();
      EndpointList list = parcel.endpoints();
      if (part != null && list != null) {
        pending
            .computeIfAbsent(parcel.windowStartNanos(), start -> new PendingWindow(list))
            .add(part);
      }
    }
  }

  /** Tells of the oldest windows of which all parts are there, or of all. */
  private void emitWindows(boolean all) throws SinkException {
    while (!pending.isEmpty() && (all || pending.firstEntry().getValue().parts == plan.workers())) {
      Map.Entry<Long, PendingWindow> oldest = pending.pollFirstEntry();
      endpoints = oldest.getValue().endpoints;
      emitWindow(oldest.getValue().sums, oldest.getKey());
    }
  }

  private void emitWindow(WindowSums sums, long startNanos) throws SinkException {
    summary.add(sums, startNanos);
    sums.hideCustomers(endpoints);
    sums.fold();
    StatsRecords stats = new StatsRecords(endpoints, plan.sketchKey());
    double factor = sums.totals().samplingFactor();
    for (Cell cell : sums.cells()) {
      sink.accept(stats.of(cell, startNanos, plan.windowNanos(), factor));
    }
    WindowRecords windows = new WindowRecords(endpoints);
    sink.accept(windows.of(sums, startNanos, plan.windowNanos(), ownKnown));
  }
}
