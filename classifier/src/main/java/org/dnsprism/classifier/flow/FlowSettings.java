// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.concurrent.TimeUnit;

/**
 * Bounds and time limits of the flow state of one shard. All times are event time in nanoseconds.
 *
 * @param maxFlows most flows at once; the one seen longest ago of a few makes room
 * @param maxInspected most TCP and QUIC flows at once whose payload is being parsed
 * @param maxWatched most encrypted flows at once whose records or packets are watched
 * @param suspectThreshold score from which a flow is suspected, 0 to 1; above 1 for never
 * @param maxOutstanding most queries at once that wait for a response
 * @param maxReassemblyBytes most bytes that wait in the reassembly of TCP and QUIC streams
 * @param tcpIdleNanos a TCP flow without packets for so long has ended
 * @param udpIdleNanos a UDP flow without packets for so long has ended
 * @param lingerNanos how long a closed TCP flow waits for stragglers
 * @param activeNanos a flow is reported when it has lasted so long
 * @param answerNanos a query without a response for so long is given up
 */
public record FlowSettings(
    int maxFlows,
    int maxInspected,
    int maxWatched,
    double suspectThreshold,
    int maxOutstanding,
    long maxReassemblyBytes,
    long tcpIdleNanos,
    long udpIdleNanos,
    long lingerNanos,
    long activeNanos,
    long answerNanos) {

  /** The score that no other flow of the lab reached, see docs/suspected.md. */
  public static final double DEFAULT_SUSPECT_THRESHOLD = 0.85;

  /** Above every score. */
  public static final double NEVER_SUSPECT = 2;

  /** Most flows at once that wait, though they have a name, for what others tell of the server. */
  int maxWaiting() {
    return maxFlows / 16;
  }

  /** The defaults for one of {@code shards} shards that share a million flows. */
  public static FlowSettings forShards(int shards) {
    return forShards(shards, DEFAULT_SUSPECT_THRESHOLD);
  }

  /** The defaults, but for the score from which flows are suspected. */
  public static FlowSettings forShards(int shards, double suspectThreshold) {
    return new FlowSettings(
        (1 << 20) / shards,
        (1 << 16) / shards,
        (1 << 16) / shards,
        suspectThreshold,
        (1 << 18) / shards,
        (64L << 20) / shards,
        TimeUnit.SECONDS.toNanos(300),
        TimeUnit.SECONDS.toNanos(60),
        TimeUnit.SECONDS.toNanos(5),
        TimeUnit.SECONDS.toNanos(1800),
        TimeUnit.SECONDS.toNanos(10));
  }
}
