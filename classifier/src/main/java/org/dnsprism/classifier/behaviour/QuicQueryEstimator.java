// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/** Counts the client's packets that can hold a query on a stream of its own. */
public final class QuicQueryEstimator implements QueryEstimator {
  /** Packet number, stream frame, a query for the root behind its length, and tag (RFC 9250). */
  private static final int MIN_QUERY_BYTES = 1 + 2 + 2 + 17 + 16;

  private int queries;

  @Override
  public void reset() {
    queries = 0;
  }

  @Override
  public void onRecord(long timeNanos, boolean fromClient, int type, int length) {}

  @Override
  public void onPacket(long timeNanos, boolean fromClient, int datagramLength, int length) {
    if (fromClient && length >= MIN_QUERY_BYTES) {
      queries++;
    }
  }

  @Override
  public void onLoss(long timeNanos, boolean fromClient) {}

  @Override
  public boolean wantsMore() {
    return true;
  }

  @Override
  public void finish() {}

  @Override
  public int queries() {
    return queries;
  }

  @Override
  public int low() {
    return queries;
  }

  @Override
  public int high() {
    return queries;
  }
}
