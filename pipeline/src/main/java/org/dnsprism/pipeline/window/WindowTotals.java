// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import org.dnsprism.classifier.flow.EndReason;
import org.dnsprism.classifier.learned.Refusal;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.DecodeStatus;

/** The sums of one window over all cells and all traffic; parts of several workers can be added. */
public final class WindowTotals {
  /** What each transport had. */
  enum Sum {
    FLOWS,
    PACKETS,
    BYTES,
    QUERIES,
    QUERIES_LOW,
    QUERIES_HIGH,
    RESPONSES
  }

  /** What is counted once for the whole window. */
  enum Count {
    FRAMES,
    BYTES,
    DNS_FRAMES,
    OTHER_FRAMES,
    LATE_FRAMES,
    SNAPPED_FRAMES,
    FLOWS_OPENED,
    FLOWS_ONE_WAY,
    FLOWS_MIDSTREAM,
    FLOWS_ECH,
    FLOWS_UNOBSERVABLE,
    DNS_FLOWS_ENDED,
    UNANSWERED,
    DDR_QUERIES,
    SVCB_ANSWERS,
    CANARY_FIREFOX,
    CANARY_RELAY,
    CANARY_RELAY_H2,
    OWN_RESOLVER_FLOWS,
    CELLS_FOLDED,
    REASSEMBLY,
    FRAGMENTS_LOST,
    UNINSPECTED,
    UNESTIMATED,
    QUERIES_EVICTED,
    DECRYPTIONS_SKIPPED,
    RING_DROPPED,
    QUIC_V1,
    QUIC_V2,
    QUIC_DRAFTS,
    QUIC_GOOGLE,
    QUIC_OTHER,
    LEARNED_EXPIRED,
    LEARNED_DROPPED,
    CANARY_BLOCKED,
    CANARY_RESOLVERS,
    OPCODE_QUERY,
    OPCODE_IQUERY,
    OPCODE_STATUS,
    OPCODE_NOTIFY,
    OPCODE_UPDATE,
    OPCODE_DSO,
    AXFR,
    IXFR,
    EDNS,
    DO_BIT,
    CLIENT_SUBNET,
    COOKIE,
    PADDING,
    NO_QUESTION,
    MANY_QUESTIONS,
    MALFORMED,
    NBNS_FLOWS,
    TCP_RETRIES,
    RETRIES_DROPPED,
    DUPLICATES,
    COPIES_UNCHECKED,
    SHED
  }

  private static final int SUMS = Sum.values().length;

  private final long[] counts = new long[Count.values().length];
  private final long[] undecodable = new long[DecodeStatus.values().length];
  private final long[] transports = new long[Transport.values().length * SUMS];
  private final long[] closed = new long[EndReason.values().length];
  private final long[] refused = new long[Refusal.values().length];
  private long learned;

  void add(Count count, long by) {
    counts[count.ordinal()] += by;
  }

  void add(Transport transport, Sum sum, long by) {
    transports[transport.ordinal() * SUMS + sum.ordinal()] += by;
  }

  void addUndecodable(DecodeStatus status) {
    undecodable[status.ordinal()]++;
  }

  void addClosed(EndReason reason) {
    closed[reason.ordinal()]++;
  }

  void addRefused(Refusal refusal, long by) {
    refused[refusal.ordinal()] += by;
  }

  /** Notes how many learned statements are known, which is no sum. */
  void noteLearned(long known) {
    learned = Math.max(learned, known);
  }

  void addAll(WindowTotals other) {
    add(refused, other.refused);
    noteLearned(other.learned);
    add(counts, other.counts);
    add(undecodable, other.undecodable);
    add(transports, other.transports);
    add(closed, other.closed);
  }

  private static void add(long[] to, long[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  long get(Count count) {
    return counts[count.ordinal()];
  }

  long get(Transport transport, Sum sum) {
    return transports[transport.ordinal() * SUMS + sum.ordinal()];
  }

  long undecodable(DecodeStatus status) {
    return undecodable[status.ordinal()];
  }

  /** Frames that could not be decoded, for whatever cause. */
  long undecodable() {
    long sum = 0;
    for (long count : undecodable) {
      sum += count;
    }
    return sum;
  }

  /** Answers and addresses that taught nothing, by cause. */
  long refused(Refusal refusal) {
    return refused[refusal.ordinal()];
  }

  /** Statements that were known when the window closed; of several windows, in that with most. */
  long learned() {
    return learned;
  }

  long closed(EndReason reason) {
    return closed[reason.ordinal()];
  }

  /** How many times as many frames there were as were looked at, 1 or more. */
  double samplingFactor() {
    long lookedAt = get(Count.FRAMES) - get(Count.SHED);
    return lookedAt == 0 ? 1 : (double) get(Count.FRAMES) / lookedAt;
  }

  /** Flows that ended, for whatever reason. */
  long closed() {
    long sum = 0;
    for (long count : closed) {
      sum += count;
    }
    return sum;
  }
}
