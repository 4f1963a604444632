// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.behaviour.Suspicion;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the flows of a shard beyond their key and counters: who the client is, evidence
 * and verdict, handshake details, and the queries that wait for a response.
 */
final class FlowState {
  private final FlowTable table;
  private final FlowListener listener;
  private final FlowCounters counters;
  final Adjudicator adjudicator;
  private final Pool<FlowDetails> details;
  private final QueryTable queries;
  private final FlowCursor cursor;
  private final QueryTable.GivenUp onGivenUp = this::giveUpOne;
  private final FlowSettings settings;
  private int interval;
  private int waiting;

  FlowState(
      FlowSettings settings,
      FlowTable table,
      EndpointList endpoints,
      FlowListener listener,
      FlowCounters counters) {
    this.settings = settings;
    this.table = table;
    this.listener = listener;
    this.counters = counters;
    adjudicator = new Adjudicator(endpoints);
    details = new Pool<>(settings.maxFlows(), FlowDetails::new);
    queries = new QueryTable(settings.maxOutstanding(), settings.answerNanos());
    cursor = new FlowCursor(table, details, adjudicator::operator);
  }

  int interval() {
    return interval;
  }

  void interval(int number) {
    interval = number;
  }

  FlowSettings settings() {
    return settings;
  }

  FlowCounters counters() {
    return counters;
  }

  FlowView view(int entry, boolean newlyCounted) {
    return cursor.at(entry, newlyCounted);
  }

  long key(int entry) {
    return table.slab()[FlowTable.base(entry) + FlowLayout.KEY];
  }

  void setFlag(int entry, long flag) {
    table.slab()[FlowTable.base(entry) + FlowLayout.KEY] |= flag;
  }

  void clearFlag(int entry, long flag) {
    table.slab()[FlowTable.base(entry) + FlowLayout.KEY] &= ~flag;
  }

  /** Fills a new entry from the flow's first packet. */
  void begin(int entry, Packet packet, boolean forward) {
    long[] slab = table.slab();
    int base = FlowTable.base(entry);
    slab[base + FlowLayout.FIRST] = packet.timeNanos();
    slab[base + FlowLayout.LAST] = packet.timeNanos();
    slab[base + FlowLayout.NEW_PACKETS] = interval & 0xffff;
    slab[base + FlowLayout.VERDICT] = VerdictWord.of(packet);
    slab[base + FlowLayout.EVIDENCE] =
        packet.protocol() == Packet.UDP ? Evidence.UDP.bit() : Evidence.TCP.bit();
    setFlag(entry, FlowLayout.INSPECTED);
    setClient(entry, ClientGuess.sourceIsClient(packet) == forward);
  }

  /** Says which end the client is. */
  void setClient(int entry, boolean isA) {
    clearFlag(entry, FlowLayout.CLIENT_A);
    if (isA) {
      setFlag(entry, FlowLayout.CLIENT_A);
    }
  }

  /** Says which end the client is, once and for all, as the protocol itself showed it. */
  void learnClient(int entry, boolean isA) {
    if ((key(entry) & FlowLayout.CLIENT_KNOWN) == 0) {
      setClient(entry, isA);
      setFlag(entry, FlowLayout.CLIENT_KNOWN);
    }
  }

  /** Whether a packet in this direction comes from the client. */
  boolean fromClient(int entry, boolean forward) {
    return ((key(entry) & FlowLayout.CLIENT_A) != 0) == forward;
  }

  /** The first sequence numbers, A's in the upper half; from now on messages are counted there. */
  long takeSequences(int entry) {
    int at = FlowTable.base(entry) + FlowLayout.MESSAGES;
    long word = table.slab()[at];
    table.slab()[at] = 0;
    return word;
  }

  long evidence(int entry) {
    return table.slab()[FlowTable.base(entry) + FlowLayout.EVIDENCE];
  }

  void addEvidence(int entry, long bits) {
    table.slab()[FlowTable.base(entry) + FlowLayout.EVIDENCE] |= bits;
  }

  /** Weighs the evidence anew; the verdict may become stronger, and can be counted from now on. */
  void decide(int entry) {
    weigh(entry);
    if (awaiting(entry)) {
      waiting += awaitsNews(entry) ? 0 : 1;
      setFlag(entry, FlowLayout.AWAITS_NEWS);
    } else {
      stand(entry);
    }
  }

  Transport transport(int entry) {
    return VerdictWord.transport(table.slab()[FlowTable.base(entry) + FlowLayout.VERDICT]);
  }

  /** Whether the flow is taken for encrypted DNS, or, nameless, may be once others tell of it. */
  boolean mayCarryQueries(int entry) {
    return transport(entry).estimated()
        || (awaitsNews(entry) && Evidence.SNI_ABSENT.in(evidence(entry)));
  }

  /** Whether the flow is to be watched, or goes on to be, for behaviour like DNS. */
  boolean maySuspect(int entry) {
    FlowDetails kept = detailsOrNull(entry);
    return settings.suspectThreshold() <= 1
        && kept != null
        && !kept.suspicionOver
        && (key(entry) & FlowLayout.DECIDED) == 0
        && Adjudicator.maySuspect(evidence(entry), transport(entry));
  }

  /** The watch for behaviour like DNS is over; null when the flow could not be watched. */
  void endSuspicion(int entry, @Nullable Suspicion suspicion) {
    FlowDetails kept = detailsOrNull(entry);
    if (kept == null || !maySuspect(entry)) {
      return;
    }
    addEvidence(entry, kept.endSuspicion(suspicion, settings.suspectThreshold()));
    decide(entry);
  }

  /** Tells of queries estimated since the last time, once the verdict says that there are any. */
  void tellEstimate(int entry, int when) {
    boolean told = transport(entry).estimated() && !awaitsNews(entry);
    FlowDetails kept = told ? detailsOrNull(entry) : null;
    QueryEstimate estimate = kept == null ? null : kept.estimate;
    if (estimate != null && estimate.untold()) {
      estimate.tell(listener, view(entry, false), when);
    }
  }

  /**
   * Notes the names of the server's certificate.
   *
   * @param names each behind a byte with its length
   * @param length of all of them
   */
  void noteCertificate(int entry, byte[] names, int length) {
    FlowDetails d = detailsOf(entry);
    if (d != null) {
      addEvidence(entry, adjudicator.certificate(names, length, d));
    }
  }

  /** Weighs the evidence with the news that a flow waited for; only few go on waiting. */
  void decideWithNews(int entry) {
    weigh(entry);
    if (newsWait(entry) != NewsWait.ALWAYS) {
      stand(entry);
    }
  }

  private void weigh(int entry) {
    adjudicator.decide(
        table.slab(), FlowTable.base(entry), view(entry, false), detailsOrNull(entry));
    if (Evidence.DNSCRYPT_MAGIC.in(evidence(entry))) {
      DnsCryptDatagrams.tellHeld(this, entry);
    }
  }

  /** Whether the verdict may change by what other flows tell of the server. */
  boolean awaitsNews(int entry) {
    return (key(entry) & FlowLayout.AWAITS_NEWS) != 0;
  }

  /** Asked right after the flow was weighed, so that the view still stands on it. */
  private NewsWait newsWait(int entry) {
    int verdict = FlowTable.base(entry) + FlowLayout.VERDICT;
    FlowDetails kept = detailsOrNull(entry);
    NewsWait own = kept == null ? null : kept.newsWait(evidence(entry));
    return own != null ? own : NewsWait.of(evidence(entry), table.slab()[verdict], cursor);
  }

  private boolean awaiting(int entry) {
    NewsWait wait = newsWait(entry);
    boolean room = awaitsNews(entry) || waiting < settings.maxWaiting();
    boolean once = (key(entry) & FlowLayout.DECIDED) == 0 && room;
    return wait == NewsWait.ALWAYS || (wait == NewsWait.ONCE && once);
  }

  private void stand(int entry) {
    waiting -= awaitsNews(entry) ? 1 : 0;
    clearFlag(entry, FlowLayout.AWAITS_NEWS);
    setFlag(entry, maySuspect(entry) ? 0 : FlowLayout.DECIDED);
    tellEstimate(entry, interval);
  }

  /** No more of the flow's payload is looked at. */
  void stopInspecting(int entry) {
    clearFlag(entry, FlowLayout.INSPECTED);
  }

  /** The flow's details, made when absent; null when the bound is reached. */
  @Nullable FlowDetails detailsOf(int entry) {
    int state = FlowTable.base(entry) + FlowLayout.STATE;
    int index = FlowLayout.details(table.slab()[state]);
    if (index < 0) {
      index = details.take();
      if (index < 0) {
        return null;
      }
      details.get(index).reset();
      table.slab()[state] = FlowLayout.withDetails(table.slab()[state], index);
    }
    return details.get(index);
  }

  @Nullable FlowDetails detailsOrNull(int entry) {
    int index = FlowLayout.details(table.slab()[FlowTable.base(entry) + FlowLayout.STATE]);
    return index < 0 ? null : details.get(index);
  }

  /** Index of the flow's inspection, or -1. */
  int inspection(int entry) {
    return FlowLayout.inspection(table.slab()[FlowTable.base(entry) + FlowLayout.STATE]);
  }

  void setInspection(int entry, int index) {
    int state = FlowTable.base(entry) + FlowLayout.STATE;
    table.slab()[state] = FlowLayout.withInspection(table.slab()[state], index);
  }

  /**
   * Counts a DNS message of the flow and matches a response with its query.
   *
   * @return whether it is a response to a query that was seen
   */
  boolean message(int entry, DnsMessage message, long timeNanos) {
    long[] slab = table.slab();
    int base = FlowTable.base(entry);
    int generation = FlowLayout.generation(slab[base + FlowLayout.KEY]);
    long latency = -1;
    if (message.response()) {
      slab[base + FlowLayout.MESSAGES]++;
      long asked =
          queries.answer(
              entry, generation, message.id(), message.nameHash(), message.questionCount() == 0);
      if (asked >= 0) {
        latency = Math.max(0, timeNanos - asked);
        changeOutstanding(entry, -1);
        if ((evidence(entry) & Evidence.DNS_ANSWERED.bit()) == 0) {
          addEvidence(entry, Evidence.DNS_ANSWERED.bit());
          decide(entry);
        }
      }
    } else {
      slab[base + FlowLayout.MESSAGES] += 1L << 32;
      queries.add(entry, generation, message.id(), message.nameHash(), timeNanos, onGivenUp);
      changeOutstanding(entry, 1);
    }
    listener.onMessage(view(entry, false), message, interval, latency);
    return latency >= 0;
  }

  /** Whether a query of the flow was seen. */
  boolean asked(int entry) {
    return FlowLayout.upper(table.slab()[FlowTable.base(entry) + FlowLayout.MESSAGES]) > 0;
  }

  /** Learns from a standard query on which side of a resolver the flow stands. */
  void noteRole(int entry, DnsMessage message) {
    if (message.response() || message.opcode() != 0) {
      return;
    }
    int at = FlowTable.base(entry) + FlowLayout.VERDICT;
    Role role = message.recursionDesired() ? Role.STUB : Role.RECURSIVE;
    if (VerdictWord.role(table.slab()[at]) == Role.UNKNOWN) {
      table.slab()[at] = VerdictWord.withRole(table.slab()[at], role);
    }
  }

  /** Packets of the flow so far. */
  long packets(int entry) {
    return FlowLayout.packets(table.slab(), FlowTable.base(entry), true)
        + FlowLayout.packets(table.slab(), FlowTable.base(entry), false);
  }

  /** Whether packets of one direction only were seen so far. */
  boolean oneWay(int entry) {
    return FlowLayout.packets(table.slab(), FlowTable.base(entry), true) == 0
        || FlowLayout.packets(table.slab(), FlowTable.base(entry), false) == 0;
  }

  /** Counts messages of a flow that cannot be read but are one to a datagram. */
  void countOpaque(int entry, boolean fromClient) {
    table.slab()[FlowTable.base(entry) + FlowLayout.MESSAGES] += fromClient ? 1L << 32 : 1;
    listener.onOpaqueMessage(view(entry, false), !fromClient, interval);
  }

  void expireQueries(long nowNanos) {
    queries.expire(nowNanos, onGivenUp);
    counters.queriesEvicted = queries.evicted();
  }

  /** Whether the flow that had this generation is still at the entry. */
  boolean isAt(int entry, int generation) {
    return FlowLayout.generation(key(entry)) == generation && table.live(entry);
  }

  private void giveUpOne(int entry, int generation) {
    if (isAt(entry, generation)) {
      changeOutstanding(entry, -1);
      listener.onUnanswered(view(entry, false), 1, interval);
    }
  }

  private void changeOutstanding(int entry, int by) {
    int state = FlowTable.base(entry) + FlowLayout.STATE;
    long word = table.slab()[state];
    table.slab()[state] =
        FlowLayout.withOutstanding(word, Math.max(0, FlowLayout.outstanding(word) + by));
  }

  /** The flow ends: its queries without a response will get none. */
  void giveUpOutstanding(int entry) {
    int count = FlowLayout.outstanding(table.slab()[FlowTable.base(entry) + FlowLayout.STATE]);
    if (count > 0) {
      listener.onUnanswered(view(entry, false), count, interval);
    }
  }

  /** Gives back what the flow held. */
  void release(int entry) {
    waiting -= awaitsNews(entry) ? 1 : 0;
    int index = FlowLayout.details(table.slab()[FlowTable.base(entry) + FlowLayout.STATE]);
    if (index >= 0) {
      details.give(index);
    }
  }

  /** Starts the counters of a long flow anew; verdict, client and open queries stay. */
  void restart(int entry) {
    long[] slab = table.slab();
    int base = FlowTable.base(entry);
    slab[base + FlowLayout.FIRST] = slab[base + FlowLayout.LAST];
    slab[base + FlowLayout.PACKETS] = 0;
    slab[base + FlowLayout.BYTES_AB] = 0;
    slab[base + FlowLayout.BYTES_BA] = 0;
    if ((slab[base + FlowLayout.KEY] & FlowLayout.PAYLOAD) != 0) {
      slab[base + FlowLayout.MESSAGES] = 0; // else the sequence numbers of the SYNs are there
    }
    FlowDetails kept = detailsOrNull(entry);
    if (kept != null && kept.estimate != null) {
      kept.estimate.restart();
      kept.tcpRetries = 0;
    }
    clearFlag(entry, FlowLayout.COUNTED);
  }
}
