// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/** Counts the client's records of application data that can hold a framed DNS message. */
public final class TlsQueryEstimator implements QueryEstimator {
  private static final int APPLICATION_DATA = 23;

  /** A query for the root behind its length, and the overhead of TLS 1.3 (RFC 8446). */
  private static final int MIN_QUERY_BYTES = 2 + 17 + 17;

  private int queries;

  @Override
  public void reset() {
    queries = 0;
  }

  @Override
  public void onRecord(long timeNanos, boolean fromClient, int type, int length) {
    if (fromClient && type == APPLICATION_DATA && length >= MIN_QUERY_BYTES) {
      queries++;
    }
  }

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
