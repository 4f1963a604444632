// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * Told what an encrypted flow shows without being read. Times are nanoseconds since
 * 1970-01-01T00:00:00Z and come in the order of capture, which may step back a little.
 */
public interface TrafficObserver {
  /**
   * A TLS record began, in the order of its direction's stream (RFC 8446, section 5.1).
   *
   * @param timeNanos of the packet with its header
   * @param type content type as in the record's header, 20 to 23
   * @param length of the fragment behind the header, encryption overhead included, 0 to 18,432
   */
  void onRecord(long timeNanos, boolean fromClient, int type, int length);

  /**
   * A QUIC packet with application data came: 1-RTT, or 0-RTT from the client (RFC 9001).
   *
   * @param timeNanos of the datagram
   * @param datagramLength the UDP payload that it came in
   * @param length of packet number, payload and tag: the packet without its first bytes and its
   *     connection identifiers
   */
  void onPacket(long timeNanos, boolean fromClient, int datagramLength, int length);

  /**
   * Records of one direction were lost: the capture has a hole there, or began behind them.
   *
   * @param timeNanos now
   */
  void onLoss(long timeNanos, boolean fromClient);

  /** Whether more can be learned; once false, nothing is told any more. */
  boolean wantsMore();
}
