// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.FlowShards;
import org.dnsprism.pipeline.record.FlowRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a worker hands over at fixed points of the capture: the flows that ended since the last one,
 * and a window if one closed. All workers make their parcels at the same frames.
 */
final class Parcel {
  private final List<List<FlowRecord>> flows = new ArrayList<>(FlowShards.SHARDS);
  private @Nullable OpenWindow window;
  private @Nullable EndpointList endpoints;
  private @Nullable WorkerState state;
  private long windowStartNanos;
  private long firstNanos;
  private long latestNanos;
  private @Nullable Throwable failure;
  private boolean last;

  Parcel() {
    for (int i = 0; i < FlowShards.SHARDS; i++) {
      flows.add(List.of());
    }
  }

  void add(int shard, FlowRecord flow) {
    List<FlowRecord> list = flows.get(shard);
    if (list.isEmpty()) {
      list = new ArrayList<>();
      flows.set(shard, list);
    }
    list.add(flow);
  }

  /**
   * Puts a window in.
   *
   * @param list in force in the window
   */
  Parcel withWindow(OpenWindow closed, long startNanos, EndpointList list) {
    window = closed;
    endpoints = list;
    windowStartNanos = startNanos;
    return this;
  }

  Parcel withState(WorkerState now) {
    state = now;
    return this;
  }

  Parcel withTimes(long first, long latest) {
    firstNanos = first;
    latestNanos = latest;
    return this;
  }

  Parcel asLast(@Nullable Throwable cause) {
    last = true;
    failure = cause;
    return this;
  }

  List<FlowRecord> flows(int shard) {
    return flows.get(shard);
  }

  /** The worker's part of the window that closed, or null. */
  @Nullable OpenWindow window() {
    return window;
  }

  /** How the worker stands, at a tick of a live run; else null. */
  @Nullable WorkerState state() {
    return state;
  }

  /** The endpoint list that was in force in the window, or null without one. */
  @Nullable EndpointList endpoints() {
    return endpoints;
  }

  /** Start of the window that closed. */
  long windowStartNanos() {
    return windowStartNanos;
  }

  /** Of the last parcel: time of the first frame. */
  long firstNanos() {
    return firstNanos;
  }

  /** Of the last parcel: the latest time of any frame. */
  long latestNanos() {
    return latestNanos;
  }

  /** Whether the worker is done. */
  boolean last() {
    return last;
  }

  /** Why the worker is done, other than the end of the input; or null. */
  @Nullable Throwable failure() {
    return failure;
  }
}
