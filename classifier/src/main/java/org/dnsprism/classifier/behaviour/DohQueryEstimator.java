// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * Queries in DNS over HTTPS on TCP (RFC 8484, RFC 9113): a client's record holds a GET, the body of
 * a POST with or without its header, or control frames, which are smaller.
 */
public final class DohQueryEstimator extends TlsTally {
  /** Frame header and a query for a short name: control frames and repeated headers are smaller. */
  private static final int MIN_REQUEST_BYTES = 32;

  /** The connection preface with its settings; a request may be in the same record. */
  private static final int MAX_PREFACE_BYTES = 100;

  /**
   * A header whose fields the server knows already, before the body of a POST in its own record.
   */
  private static final int MIN_HEADER_BYTES = 23;

  private boolean prefaceSeen;
  private int requests;
  private int shortHeaders;
  private int doubtful;
  private boolean answered;

  @Override
  public void reset() {
    super.reset();
    prefaceSeen = false;
    requests = 0;
    shortHeaders = 0;
    doubtful = 0;
    answered = false;
  }

  @Override
  void onClientData(int bytes) {
    if (!prefaceSeen) {
      prefaceSeen = true;
      raise(0, 0, bytes > MAX_PREFACE_BYTES ? 1 : 0);
      return;
    }
    if (bytes < MIN_REQUEST_BYTES) {
      shortHeaders += bytes >= MIN_HEADER_BYTES ? 1 : 0;
      return;
    }
    requests++;
    // Header and body of the first POST are large both; then headers are short.
    doubtful += requests == 2 && !answered ? 1 : 0;
    int certain = requests - doubtful;
    boolean posts = shortHeaders * 2 > requests;
    raise(certain, posts || requests == 2 ? certain : requests, requests);
  }

  @Override
  void onServerData(int bytes) {
    answered |= requests > 0 && bytes >= MIN_REQUEST_BYTES;
  }

  @Override
  public void onLoss(long timeNanos, boolean fromClient) {
    raise(0, 0, requests + 1);
  }
}
