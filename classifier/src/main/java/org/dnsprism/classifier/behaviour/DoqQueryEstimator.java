// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * Queries in DNS over QUIC (RFC 9250): a client's packet holds acknowledgments, a query on a stream
 * of its own, or several of them; a server's packet most often one response. What a client sends
 * again is told by responses that are fewer.
 */
public final class DoqQueryEstimator extends QueryTally {
  /** Packet number, stream frame, the shortest query behind its length, and tag. */
  private static final int MIN_PACKET_BYTES = 1 + 2 + 19 + 16;

  /**
   * Longer packets of clients search for the largest size that arrives (RFC 9000, section 14.3).
   */
  private static final int MAX_PACKET_BYTES = 1150;

  /** First byte and connection identifier: a packet further behind was coalesced with another. */
  private static final int MAX_SHORT_HEADER_BYTES = 1 + 20;

  /** Packet number and tag. */
  private static final int OVERHEAD_BYTES = 18;

  /** A query padded to 128 bytes (RFC 8467) behind its length, and the header of its frame. */
  private static final int PADDED_BYTES = 134;

  /** How far off the sum of padded queries may be by acknowledgments and headers of frames. */
  private static final int TOLERANCE_BYTES = 14;

  /** Queries without padding: of a usual name, and of the shortest and longest usual ones. */
  private static final int USUAL_BYTES = 55;

  private static final int SHORT_BYTES = 36;
  private static final int LONG_BYTES = 90;

  /** Packet number, stream frame, the shortest response behind its length, and tag. */
  private static final int MIN_RESPONSE_BYTES = 55;

  private int queries;
  private int low;
  private int high;
  private int inBursts;
  private int responses;
  private int mostResponses;

  @Override
  public void reset() {
    super.reset();
    queries = 0;
    low = 0;
    high = 0;
    inBursts = 0;
    responses = 0;
    mostResponses = 0;
  }

  @Override
  public void onPacket(long timeNanos, boolean fromClient, int datagramLength, int length) {
    if (!fromClient) {
      boolean response = length >= MIN_RESPONSE_BYTES && length <= MAX_PACKET_BYTES && high > 0;
      responses += response ? 1 : 0;
      mostResponses += high > 0 ? length / MIN_RESPONSE_BYTES : 0;
      tell();
    } else if (length > MAX_PACKET_BYTES) {
      inBursts += high > 0 ? length / SHORT_BYTES : 0; // or a burst of queries
    } else if (length >= MIN_PACKET_BYTES) {
      if (datagramLength - length > MAX_SHORT_HEADER_BYTES) {
        high++; // behind the end of the handshake: new connection identifiers, or a query
      } else {
        count(length - OVERHEAD_BYTES);
      }
      raise(0, 0, 1);
    }
  }

  private void tell() {
    int fewest = Math.min(low, responses);
    fewest -= low == responses ? fewest / 64 : (fewest + 8) / 16;
    int bound = responses > high + 2 ? high + inBursts : high;
    int most = Math.min(bound, Math.max(queries, mostResponses));
    boolean repeated = responses < queries && responses * 5 >= queries * 4;
    int likely = repeated ? responses : Math.max(queries, Math.min(responses, most));
    raise(Math.max(0, fewest), likely, most);
  }

  /** Nothing tells what was sent again where the server was not seen. */
  @Override
  public void finish() {
    if (responses == 0) {
      raise(low, queries, high);
    } else {
      tell();
    }
  }

  @Override
  public void onLoss(long timeNanos, boolean fromClient) {
    raise(0, 0, high + responses + 1);
  }

  private void count(int bytes) {
    int padded = (bytes + PADDED_BYTES / 2) / PADDED_BYTES;
    if (padded > 0 && Math.abs(bytes - padded * PADDED_BYTES) <= TOLERANCE_BYTES) {
      queries += padded;
      low += padded;
      high += padded;
    } else if (bytes <= LONG_BYTES) {
      queries++;
      low++;
      high += bytes / SHORT_BYTES > 1 ? 1 + bytes / (2 * SHORT_BYTES) : 1;
    } else {
      queries += Math.max(1, (bytes + USUAL_BYTES / 2) / USUAL_BYTES);
      low += Math.max(1, bytes / LONG_BYTES);
      high += bytes / SHORT_BYTES;
    }
  }
}
