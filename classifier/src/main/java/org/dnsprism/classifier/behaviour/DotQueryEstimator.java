// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * Queries in DNS over TLS (RFC 7858): a client's record holds one framed query, or several when the
 * server's records say so.
 */
public final class DotQueryEstimator extends TlsTally {
  /** Length, header and a question of the shortest kind (RFC 1035, section 4). */
  private static final int MIN_QUERY_BYTES = 2 + 12 + 1 + 4;

  /** A question for a name of usual length with EDNS, of which a record may hold several. */
  private static final int USUAL_QUERY_BYTES = 40;

  /** Records of the server beyond the client's that may be session tickets. */
  private static final int MAX_TICKETS = 2;

  private int clientRecords;
  private int mostQueries;
  private int serverRecords;
  private int earlyServerRecords;
  private boolean lossy;

  @Override
  public void reset() {
    super.reset();
    clientRecords = 0;
    mostQueries = 0;
    serverRecords = 0;
    earlyServerRecords = 0;
    lossy = false;
  }

  @Override
  void onClientData(int bytes) {
    if (bytes >= MIN_QUERY_BYTES) {
      clientRecords++;
      mostQueries += Math.max(1, bytes / USUAL_QUERY_BYTES);
      raise(clientRecords, clientRecords, clientRecords);
    }
  }

  @Override
  void onServerData(int bytes) {
    if (bytes < MIN_QUERY_BYTES) {
      return;
    }
    if (clientRecords == 0) {
      earlyServerRecords++; // its handshake, unless the client's side is not captured
      return;
    }
    serverRecords++;
    int packed = Math.min(serverRecords, mostQueries);
    if (packed - MAX_TICKETS > clientRecords + clientRecords / 4) {
      raise(clientRecords, packed - MAX_TICKETS, packed);
    }
  }

  /** One side alone bounds the queries from above. */
  @Override
  public void finish() {
    if (clientRecords == 0) {
      raise(0, Math.max(0, earlyServerRecords - MAX_TICKETS), earlyServerRecords);
    } else if (serverRecords == 0) {
      raise(clientRecords, clientRecords, mostQueries);
    } else if (lossy) {
      raise(0, serverRecords - MAX_TICKETS, Math.max(mostQueries, serverRecords) + 1);
    }
  }

  /** Where records were lost, the other side's count is the better one. */
  @Override
  public void onLoss(long timeNanos, boolean fromClient) {
    lossy = true;
    raise(clientRecords, clientRecords, Math.max(clientRecords, serverRecords) + 1);
  }
}
