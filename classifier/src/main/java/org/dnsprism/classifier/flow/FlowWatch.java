// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.behaviour.QueryEstimator;
import org.dnsprism.classifier.behaviour.QuicQueryEstimator;
import org.dnsprism.classifier.behaviour.TlsQueryEstimator;
import org.dnsprism.classifier.behaviour.TrafficObserver;
import org.dnsprism.classifier.wire.Packet;

/** What is kept of one encrypted flow while its records or packets are watched; pooled. */
final class FlowWatch implements TrafficObserver {
  private final FlowState state;
  private final QueryEstimator tls = new TlsQueryEstimator();
  private final QueryEstimator quic = new QuicQueryEstimator();
  private QueryEstimator estimator = tls;
  private int entry;
  private int queries;
  private int low;
  private int high;

  FlowWatch(FlowState state) {
    this.state = state;
  }

  void begin(int flowEntry) {
    entry = flowEntry;
    estimator = FlowLayout.protocol(state.key(entry)) == Packet.UDP ? quic : tls;
    estimator.reset();
    queries = 0;
    low = 0;
    high = 0;
    state.estimate(entry, 0, 0, 0);
  }

  @Override
  public void onRecord(long timeNanos, boolean fromClient, int type, int length) {
    estimator.onRecord(timeNanos, fromClient, type, length);
    tell();
  }

  @Override
  public void onPacket(long timeNanos, boolean fromClient, int datagramLength, int length) {
    estimator.onPacket(timeNanos, fromClient, datagramLength, length);
    tell();
  }

  @Override
  public void onLoss(long timeNanos, boolean fromClient) {
    estimator.onLoss(timeNanos, fromClient);
    tell();
  }

  @Override
  public boolean wantsMore() {
    return state.mayCarryQueries(entry);
  }

  /** The flow ends. */
  void finish() {
    estimator.finish();
    tell();
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
      state.estimate(entry, newQueries, newLow, newHigh);
    }
  }
}
