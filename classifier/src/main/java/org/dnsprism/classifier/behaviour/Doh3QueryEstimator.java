// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * Queries in DNS over HTTP/3 (RFC 8484, RFC 9114): a request is one or two packets of the client, a
 * response most often one of the server; what both agree on is the estimate.
 */
public final class Doh3QueryEstimator extends QueryTally {
  /** Packet number, stream frame, the shortest query behind a frame header, and tag. */
  private static final int MIN_PACKET_BYTES = 1 + 2 + 2 + 17 + 16;

  /**
   * Longer packets of clients search for the largest size that arrives (RFC 9000, section 14.3).
   */
  private static final int MAX_PACKET_BYTES = 1150;

  /** A request with literal fields: a packet may hold several. */
  private static final int REQUEST_BYTES = 120;

  /** A request whose fields the server knows already. */
  private static final int SHORT_REQUEST_BYTES = 60;

  /** A packet of the server may hold several responses without padding. */
  private static final int RESPONSE_BYTES = 250;

  private int clientPackets;
  private int usualRequests;
  private int mostRequests;
  private int serverPackets;
  private int mostResponses;

  @Override
  public void reset() {
    super.reset();
    clientPackets = 0;
    usualRequests = 0;
    mostRequests = 0;
    serverPackets = 0;
    mostResponses = 0;
  }

  @Override
  public void onPacket(long timeNanos, boolean fromClient, int datagramLength, int length) {
    if (length < MIN_PACKET_BYTES) {
      return;
    }
    if (!fromClient) {
      serverPackets += clientPackets > 0 ? 1 : 0;
      mostResponses += clientPackets > 0 ? 1 + length / RESPONSE_BYTES : 0;
    } else if (clientPackets > 0 || length <= MAX_PACKET_BYTES) {
      clientPackets += length <= MAX_PACKET_BYTES ? 1 : 0;
      usualRequests += Math.max(1, length / REQUEST_BYTES);
      mostRequests += Math.max(1, length / SHORT_REQUEST_BYTES);
    }
    int fewest = (clientPackets + 1) / 2;
    int likely = Math.max(fewest, Math.min(serverPackets, usualRequests));
    raise(Math.min(serverPackets, fewest), likely, Math.min(mostRequests, mostResponses));
  }

  /** The server's packets bound nothing where they were not seen. */
  @Override
  public void finish() {
    if (serverPackets == 0) {
      raise(0, 0, mostRequests);
    }
  }
}
