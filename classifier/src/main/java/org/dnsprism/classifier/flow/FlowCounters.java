// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

/**
 * What happened to the flows of a shard: the sums that the accounting laws are checked with. Opened
 * flows = closed flows, over all reasons, + open ones.
 */
public final class FlowCounters {
  private final long[] closed = new long[EndReason.values().length];
  long opened;
  long midstream;
  long malformedDns;
  long uninspected;
  long unestimated;
  long queriesEvicted;
  long retriesDropped;
  long reassemblyGaps;
  long reassemblyLimits;
  long decryptionsSkipped;

  void countClosed(EndReason reason) {
    closed[reason.ordinal()]++;
  }

  /** Flows opened so far. */
  public long opened() {
    return opened;
  }

  /** Flows closed so far for a reason. */
  public long closed(EndReason reason) {
    return closed[reason.ordinal()];
  }

  /** Flows closed so far for any reason. */
  public long closed() {
    long sum = 0;
    for (long count : closed) {
      sum += count;
    }
    return sum;
  }

  /** TCP flows whose start was not captured. */
  public long midstream() {
    return midstream;
  }

  /** Messages on DNS flows that do not parse. */
  public long malformedDns() {
    return malformedDns;
  }

  /** Flows whose payload was not parsed because too many others were being parsed. */
  public long uninspected() {
    return uninspected;
  }

  /** Encrypted DNS flows without an estimate of queries, because too many others were watched. */
  public long unestimated() {
    return unestimated;
  }

  /** Outstanding queries given up because the table was full. */
  public long queriesEvicted() {
    return queriesEvicted;
  }

  /** Cut answers and queries over TCP that were not joined because too many were kept. */
  public long retriesDropped() {
    return retriesDropped;
  }

  /** Holes in TCP streams that were never filled. */
  public long reassemblyGaps() {
    return reassemblyGaps;
  }

  /** Streams given up because a reassembly bound was reached. */
  public long reassemblyLimits() {
    return reassemblyLimits;
  }

  /** QUIC Initials not decrypted because a flow's budget was used up. */
  public long decryptionsSkipped() {
    return decryptionsSkipped;
  }
}
