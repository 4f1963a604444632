// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/** The three numbers of an estimate, which only grow. */
abstract class QueryTally implements QueryEstimator {
  private int queries;
  private int low;
  private int high;

  @Override
  public void reset() {
    queries = 0;
    low = 0;
    high = 0;
  }

  /** Raises the numbers to these where they are lower; keeps them in order. */
  final void raise(int newLow, int newQueries, int newHigh) {
    low = Math.max(low, newLow);
    queries = Math.max(Math.max(queries, newQueries), low);
    high = Math.max(Math.max(high, newHigh), queries);
  }

  @Override
  public void onRecord(long timeNanos, boolean fromClient, int type, int length) {}

  @Override
  public void onPacket(long timeNanos, boolean fromClient, int datagramLength, int length) {}

  @Override
  public void onLoss(long timeNanos, boolean fromClient) {}

  @Override
  public boolean wantsMore() {
    return true;
  }

  @Override
  public void finish() {}

  @Override
  public final int queries() {
    return queries;
  }

  @Override
  public final int low() {
    return low;
  }

  @Override
  public final int high() {
    return high;
  }
}
