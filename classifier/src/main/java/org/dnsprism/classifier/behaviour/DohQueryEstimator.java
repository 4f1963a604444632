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

  /** Longer records may hold several requests, of which the shortest have so many bytes each. */
  private static final int MAX_SINGLE_BYTES = 400;

  private static final int SHORT_REQUEST_BYTES = 45;

  private boolean prefaceSeen;
  private int requests;
  private int shortHeaders;
  private int doubtful;
  private boolean firstIsPair;
  private int mostRequests;
  private int responses;

  @Override
  public void reset() {
    super.reset();
    prefaceSeen = false;
    requests = 0;
    shortHeaders = 0;
    doubtful = 0;
    firstIsPair = false;
    mostRequests = 0;
    responses = 0;
  }

  @Override
  void onClientData(int bytes) {
    if (!prefaceSeen) {
      prefaceSeen = true;
      if (bytes > MAX_PREFACE_BYTES) {
        take(bytes); // with a request behind it, or of HTTP/1.1, which has no preface
        doubtful++;
        tell();
      }
      return;
    }
    if (bytes < MIN_REQUEST_BYTES) {
      shortHeaders += bytes >= MIN_HEADER_BYTES ? 1 : 0;
      return;
    }
    take(bytes);
    // Header and body of the first POST are large both; then headers are short.
    if (requests == 2 && responses == 0) {
      doubtful++;
      firstIsPair = true;
    }
    tell();
  }

  private void take(int bytes) {
    requests++;
    mostRequests += bytes > MAX_SINGLE_BYTES ? bytes / SHORT_REQUEST_BYTES : 1;
  }

  private void tell() {
    boolean posts = shortHeaders * 2 > requests || requests == 2;
    int likely = firstIsPair && posts ? requests - 1 : requests;
    boolean packed = mostRequests > requests;
    raise(
        Math.max(0, requests - doubtful),
        packed ? Math.max(likely, Math.min(responses, mostRequests)) : likely,
        mostRequests);
  }

  @Override
  void onServerData(int bytes) {
    if (requests > 0 && bytes >= MIN_REQUEST_BYTES) {
      responses++;
      tell();
    }
  }

  @Override
  public void onLoss(long timeNanos, boolean fromClient) {
    raise(0, 0, mostRequests + 1);
  }
}
