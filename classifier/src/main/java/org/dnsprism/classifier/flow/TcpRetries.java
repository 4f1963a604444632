// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.dns.DnsMessage;

/**
 * Joins answers over UDP that were cut off with the queries over TCP that follow them. Both may be
 * in different shards: answers are told to all of them when an interval closes, and queries wait
 * for it with their flows.
 */
final class TcpRetries {
  /** Most answers, and most queries, that a shard keeps in an interval. */
  private static final int MAX_KEPT = 1 << 11;

  private static final long PRIME = 0x9e3779b97f4a7c15L;

  private final FlowState state;
  private final FlowListener listener;
  private CutAnswers known = CutAnswers.NONE;
  private List<CutAnswer> fresh = new ArrayList<>();
  private final long[] questions = new long[MAX_KEPT];
  private final long[] times = new long[MAX_KEPT];
  private final int[] flows = new int[MAX_KEPT];
  private final int[] generations = new int[MAX_KEPT];
  private final int[] intervals = new int[MAX_KEPT];
  private int asked;
  private long dropped;

  TcpRetries(FlowState state, FlowListener listener) {
    this.state = state;
    this.listener = listener;
  }

  private static long question(FlowView flow, DnsMessage message) {
    long hash = (flow.clientHigh() ^ PRIME) * PRIME;
    hash = (Long.rotateLeft(hash, 29) ^ flow.clientLow()) * PRIME;
    hash = (Long.rotateLeft(hash, 29) ^ flow.serverHigh()) * PRIME;
    hash = (Long.rotateLeft(hash, 29) ^ flow.serverLow()) * PRIME;
    hash = (Long.rotateLeft(hash, 29) ^ message.nameHash()) * PRIME;
    return hash ^ hash >>> 32;
  }

  /** Notes a message over UDP if it is an answer that was cut off. */
  void overUdp(int entry, DnsMessage message, long timeNanos) {
    if (!message.response() || !message.truncated() || message.questionCount() == 0) {
      return;
    }
    if (fresh.size() == MAX_KEPT) {
      dropped++;
      return;
    }
    fresh.add(new CutAnswer(question(state.view(entry, false), message), timeNanos));
  }

  /** Notes a query over TCP, and lets its flow wait. */
  void overTcp(int entry, DnsMessage message, long timeNanos) {
    if (message.response() || message.questionCount() == 0) {
      return;
    }
    FlowDetails details = state.detailsOf(entry);
    if (details == null || asked == MAX_KEPT) {
      dropped++;
      return;
    }
    questions[asked] = question(state.view(entry, false), message);
    times[asked] = timeNanos;
    flows[asked] = entry;
    generations[asked] = FlowLayout.generation(state.key(entry));
    intervals[asked] = state.interval();
    asked++;
    details.openQuestions++;
    if (details.openQuestions == 1) {
      state.decide(entry);
    }
  }

  /** The answers cut off since the last call, to be told to all shards. */
  List<CutAnswer> takeFresh() {
    List<CutAnswer> taken = fresh;
    fresh = taken.isEmpty() ? taken : new ArrayList<>();
    return taken;
  }

  void know(CutAnswers answers) {
    known = answers;
  }

  /** Tells of the retries in an interval and those before it; flows wait no longer for them. */
  void tell(int closed) {
    int kept = 0;
    for (int i = 0; i < asked; i++) {
      if (intervals[i] <= closed) {
        settle(i);
      } else {
        move(i, kept++);
      }
    }
    asked = kept;
  }

  private void settle(int i) {
    if (!state.isAt(flows[i], generations[i])) {
      return;
    }
    FlowDetails details = state.detailsOrNull(flows[i]);
    if (details != null) {
      details.openQuestions--;
      if (known.before(questions[i], times[i])) {
        details.tcpRetries++;
        listener.onRetry(state.view(flows[i], false), intervals[i]);
      }
    }
  }

  private void move(int from, int to) {
    questions[to] = questions[from];
    times[to] = times[from];
    flows[to] = flows[from];
    generations[to] = generations[from];
    intervals[to] = intervals[from];
  }

  /** Answers and queries that were not joined because too many were kept. */
  long dropped() {
    return dropped;
  }
}
