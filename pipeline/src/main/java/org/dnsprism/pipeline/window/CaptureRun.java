// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.dnsprism.capture.FrameSource;
import org.dnsprism.classifier.flow.FlowShards;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord;
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
  private final StatsRecords stats;
  private final WindowRecords windows;
  private final RunSummary summary;
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
    stats = new StatsRecords(plan.endpoints(), plan.sketchKey());
    windows = new WindowRecords(plan.endpoints());
    summary = new RunSummary(plan.endpoints());
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
    List<Thread> threads = start(sources);
    try {
      while (takeParcels()) {}
    } catch (SinkException | RuntimeException e) {
      threads.forEach(Thread::interrupt);
      throw e;
    }
    SummaryRecord record = summary.record(files, firstNanos, latestNanos, ownKnown);
    sink.accept(record);
    return new Outcome(record, failure);
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

  private List<Thread> start(List<FrameSource> sources) {
    List<Thread> threads = new ArrayList<>();
    LearningExchange exchange = new LearningExchange(plan.workers());
    for (int i = 0; i < plan.workers(); i++) {
      BlockingQueue<Parcel> queue = new ArrayBlockingQueue<>(PARCELS_AHEAD);
      queues.add(queue);
      Thread thread =
          new Thread(
              new ShardWorker(i, plan, sources.get(i), exchange, queue), "dnsprism-worker-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    return threads;
  }

  /** Takes the next parcel of each worker; false after the last ones. */
  private boolean takeParcels() throws SinkException {
    List<Parcel> parcels = new ArrayList<>();
    try {
      for (BlockingQueue<Parcel> queue : queues) {
        parcels.add(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = e;
      return false;
    }
    emitFlows(parcels);
    emitWindow(parcels);
    boolean more = true;
    for (Parcel parcel : parcels) {
      if (parcel.last()) {
        more = false;
        failure = failure == null ? parcel.failure() : failure;
        firstNanos = parcel.firstNanos();
        latestNanos = parcel.latestNanos();
      }
    }
    return more;
  }

  private void emitFlows(List<Parcel> parcels) throws SinkException {
    for (int shard = 0; shard < FlowShards.SHARDS; shard++) {
      for (FlowRecord flow : parcels.get(shard % parcels.size()).flows(shard)) {
        sink.accept(flow);
      }
    }
  }

  private void emitWindow(List<Parcel> parcels) throws SinkException {
    WindowSums sums = new WindowSums();
    boolean any = false;
    long startNanos = 0;
    for (Parcel parcel : parcels) {
      OpenWindow part = parcel.window();
      if (part != null) {
        sums.add(part);
        startNanos = parcel.windowStartNanos();
        any = true;
      }
    }
    if (!any) {
      return;
    }
    summary.add(sums, startNanos);
    sums.fold();
    for (Cell cell : sums.cells()) {
      sink.accept(stats.of(cell, startNanos, plan.windowNanos()));
    }
    WindowRecord record = windows.of(sums, startNanos, plan.windowNanos(), ownKnown);
    sink.accept(record);
  }
}
