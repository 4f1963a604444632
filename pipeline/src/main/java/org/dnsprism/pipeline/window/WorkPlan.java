// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.security.SecureRandom;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.FlowEngine;
import org.dnsprism.classifier.flow.FlowSettings;
import org.dnsprism.classifier.flow.FlowShards;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.DuplicateFilter;
import org.jspecify.annotations.Nullable;

/**
 * How a run is done: window length, workers, what becomes a flow record.
 *
 * @param windowNanos length of a window
 * @param latenessNanos how late a frame may come
 * @param workers threads that walk the capture, 1 to {@link FlowShards#SHARDS}
 * @param flows which flows become records
 * @param endpoints names operators
 * @param ownResolvers the network's own resolvers
 * @param suspectThreshold score from which encrypted flows are suspected; above 1 for never
 * @param sketchKey hashes clients into sketches
 * @param flowRecords makes flow records
 * @param dropDuplicates whether copies of packets are left out, see {@link DuplicateFilter}
 */
public record WorkPlan(
    long windowNanos,
    long latenessNanos,
    int workers,
    Flows flows,
    EndpointList endpoints,
    OwnResolvers ownResolvers,
    double suspectThreshold,
    SketchKey sketchKey,
    FlowRecords flowRecords,
    boolean dropDuplicates) {

  /** Which flows become records. */
  public enum Flows {
    /** Flows that carry DNS, or are suspected to. */
    DNS,
    /** All flows. */
    ALL,
    /** None. */
    NONE
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  /** One for all workers: where they walk the same frames they must find the same copies. */
  private static final long COPIES_SEED = RANDOM.nextLong();

  private static final long SAMPLING_SEED = RANDOM.nextLong();

  /** A plan that keeps copies of packets, as files are read. */
  public WorkPlan(
      long windowNanos,
      long latenessNanos,
      int workers,
      Flows flows,
      EndpointList endpoints,
      OwnResolvers ownResolvers,
      double suspectThreshold,
      SketchKey sketchKey,
      FlowRecords flowRecords) {
    this(
        windowNanos,
        latenessNanos,
        workers,
        flows,
        endpoints,
        ownResolvers,
        suspectThreshold,
        sketchKey,
        flowRecords,
        false);
  }

  /** The same plan, but copies of packets are left out or kept. */
  public WorkPlan withDuplicates(boolean drop) {
    return new WorkPlan(
        windowNanos,
        latenessNanos,
        workers,
        flows,
        endpoints,
        ownResolvers,
        suspectThreshold,
        sketchKey,
        flowRecords,
        drop);
  }

  /** Recognises copies of packets for one worker; null when they are kept. */
  @Nullable DuplicateFilter copies() {
    return dropDuplicates ? new DuplicateFilter(COPIES_SEED) : null;
  }

  /** Which clients one worker looks at: all, until it is told otherwise. */
  Sampling sampling() {
    return new Sampling(SAMPLING_SEED);
  }

  /** Whether a flow with this verdict becomes a record. */
  boolean records(Transport transport) {
    return switch (flows) {
      case DNS -> transport != Transport.OTHER;
      case ALL -> true;
      case NONE -> false;
    };
  }

  /**
   * The shards of a worker; shards of others are null.
   *
   * @param ownFrames whether the worker has frames that no other has, and so all shards for them
   */
  @Nullable FlowEngine[] engines(
      int worker,
      boolean ownFrames,
      OpenWindows windows,
      ShardListener.FlowEnds ends,
      Sampling sampling) {
    @Nullable FlowEngine[] engines = new FlowEngine[FlowShards.SHARDS];
    FlowSettings settings =
        FlowSettings.forShards(
            ownFrames ? FlowShards.SHARDS * workers : FlowShards.SHARDS, suspectThreshold);
    int step = ownFrames ? 1 : workers;
    for (int shard = ownFrames ? 0 : worker; shard < FlowShards.SHARDS; shard += step) {
      ShardListener listener =
          new ShardListener(shard, windows, ownResolvers, sketchKey, ends, sampling);
      engines[shard] = new FlowEngine(settings, endpoints, listener, RANDOM.nextLong());
    }
    return engines;
  }
}
