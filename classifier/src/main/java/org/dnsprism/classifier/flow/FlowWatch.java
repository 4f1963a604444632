// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.behaviour.Doh3QueryEstimator;
import org.dnsprism.classifier.behaviour.DohQueryEstimator;
import org.dnsprism.classifier.behaviour.DoqQueryEstimator;
import org.dnsprism.classifier.behaviour.DotQueryEstimator;
import org.dnsprism.classifier.behaviour.QueryEstimator;
import org.dnsprism.classifier.behaviour.Suspicion;
import org.dnsprism.classifier.behaviour.TrafficObserver;
import org.dnsprism.classifier.wire.Packet;
import org.jspecify.annotations.Nullable;

/** What is kept of one encrypted flow while its records or packets are watched; pooled. */
final class FlowWatch implements TrafficObserver {
  private final FlowState state;
  private final QueryEstimator dot = new DotQueryEstimator();
  private final QueryEstimator doh = new DohQueryEstimator();
  private final QueryEstimator doq = new DoqQueryEstimator();
  private final QueryEstimator doh3 = new Doh3QueryEstimator();
  private final Suspicion suspicion = new Suspicion();
  private QueryEstimator estimator = dot;
  private @Nullable QueryEstimate estimate;
  private boolean estimating;
  private boolean suspecting;
  private int entry;
  private int queries;
  private int low;
  private int high;

  FlowWatch(FlowState state) {
    this.state = state;
  }

  void begin(int flowEntry) {
    entry = flowEntry;
    estimating = state.mayCarryQueries(entry);
    suspecting = state.maySuspect(entry);
    boolean udp = FlowLayout.protocol(state.key(entry)) == Packet.UDP;
    if (suspecting) {
      suspicion.reset(udp);
    }
    estimator =
        switch (state.transport(entry)) {
          case DOT -> dot;
          case DOQ -> doq;
          default -> udp ? doh3 : doh;
        };
    queries = 0;
    low = 0;
    high = 0;
    estimate = null;
    if (estimating) {
      beginEstimate();
    }
  }

  /** Reads its state ahead; the value says nothing. */
  long touch() {
    return (long) queries + estimator.queries();
  }

  private void beginEstimate() {
    estimator.reset();
    FlowDetails details = state.detailsOf(entry);
    if (details != null) {
      estimate = details.beginEstimate();
    }
  }

  /** Whether it was begun for a flow that nothing but its behaviour may show to be DNS. */
  boolean candidate() {
    return !estimating;
  }

  @Override
  public void onRecord(long timeNanos, boolean fromClient, int type, int length) {
    if (suspecting && suspicion.wantsMore()) {
      suspicion.onRecord(timeNanos, fromClient, type, length);
    }
    if (estimating) {
      estimator.onRecord(timeNanos, fromClient, type, length);
      tell();
    }
  }

  @Override
  public void onPacket(long timeNanos, boolean fromClient, int datagramLength, int length) {
    if (suspecting && suspicion.wantsMore()) {
      suspicion.onPacket(timeNanos, fromClient, datagramLength, length);
    }
    if (estimating) {
      estimator.onPacket(timeNanos, fromClient, datagramLength, length);
      tell();
    }
  }

  @Override
  public void onLoss(long timeNanos, boolean fromClient) {
    if (suspecting && suspicion.wantsMore()) {
      suspicion.onLoss(timeNanos, fromClient);
    }
    if (estimating) {
      estimator.onLoss(timeNanos, fromClient);
      tell();
    }
  }

  @Override
  public boolean wantsMore() {
    return (suspecting && suspicion.wantsMore()) || (estimating && state.mayCarryQueries(entry));
  }

  /** The flow ends. */
  void finish() {
    if (suspecting) {
      suspicion.finish();
      state.endSuspicion(entry, suspicion);
    }
    if (estimating) {
      estimator.finish();
      tell();
    }
  }

  /** Hands on what the estimate grew by. */
  private void tell() {
    int newQueries = estimator.queries() - queries;
    int newLow = estimator.low() - low;
    int newHigh = estimator.high() - high;
    if ((newQueries | newLow | newHigh) != 0) {
      queries += newQueries;
      low += newLow;
      high += newHigh;
      if (estimate != null) {
        estimate.add(newQueries, newLow, newHigh);
      }
    }
  }
}
