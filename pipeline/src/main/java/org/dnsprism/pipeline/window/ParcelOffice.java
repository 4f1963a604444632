// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.concurrent.BlockingQueue;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.EndReason;
import org.dnsprism.classifier.flow.FlowView;
import org.jspecify.annotations.Nullable;

/** Collects a worker's ended flows into parcels and hands them over. */
final class ParcelOffice implements ShardListener.FlowEnds {
  private final WorkPlan plan;
  private final BlockingQueue<Parcel> queue;
  private EndpointList endpoints;
  private FlowRecords records;
  private Parcel parcel = new Parcel();

  ParcelOffice(WorkPlan plan, BlockingQueue<Parcel> queue) {
    this.plan = plan;
    this.queue = queue;
    endpoints = plan.endpoints();
    records = plan.flowRecords();
  }

  /** Names rules by another list from now on. */
  void use(EndpointList list) {
    endpoints = list;
    records = records.with(list);
  }

  @Override
  public void add(int shard, FlowView flow, EndReason reason, boolean ownResolver) {
    if (plan.records(flow.transport())) {
      parcel.add(shard, records.of(flow, reason, ownResolver));
    }
  }

  void send() {
    put(parcel);
  }

  void sendState(WorkerState state) {
    put(parcel.withState(state));
  }

  void sendWindow(OpenWindow window, long startNanos) {
    put(parcel.withWindow(window, startNanos, endpoints));
  }

  void sendLast(@Nullable Throwable failure, EventClock clock) {
    put(parcel.asLast(failure).withTimes(clock.firstNanos(), clock.latestNanos()));
  }

  private void put(Parcel full) {
    parcel = new Parcel();
    try {
      queue.put(full);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
