// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.List;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.learned.LearnedNews;
import org.dnsprism.classifier.learned.LearnedTable;
import org.dnsprism.classifier.learned.Refusal;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.TcpHeader;

/**
 * The flows of one shard from first packet to last: finds or opens the flow of each packet, counts
 * it, has its payload inspected until the verdict stands, and reports to a {@link FlowListener}.
 * What it does is a pure function of the packets, their order and the settings. Not thread-safe.
 */
public final class FlowEngine {
  private static final int SWEEP_PER_FLOW = 2;
  private static final int EVICTION_CHOICES = 8;
  private static final int CLOSING_FLAGS = TcpHeader.SYN | TcpHeader.FIN | TcpHeader.RST;

  private final FlowSettings settings;
  private final FlowListener listener;
  private final long seed;
  private final FlowTable table;
  private final FlowCounters counters = new FlowCounters();
  private final FlowState state;
  private final InspectionContext context;
  private final Inspector inspector;
  private final SynReader syns;
  private EndpointList endpoints;
  private int hand;
  private int interval;

  /**
   * Makes an engine without flows.
   *
   * @param settings bounds and time limits
   * @param endpoints the list that names operators
   * @param listener told what happens
   * @param seed of the table's hash; results do not depend on it
   */
  public FlowEngine(
      FlowSettings settings, EndpointList endpoints, FlowListener listener, long seed) {
    this.settings = settings;
    this.endpoints = endpoints;
    this.listener = listener;
    this.seed = seed;
    table = new FlowTable(settings.maxFlows());
    state = new FlowState(settings, table, endpoints, listener, counters);
    context = new InspectionContext(settings, endpoints, state, listener);
    inspector = new Inspector(state, context);
    syns = new SynReader(state, table);
  }

  /** What happened so far. */
  public FlowCounters counters() {
    return counters;
  }

  /** Flows in the table. */
  public int openFlows() {
    return table.size();
  }

  /** First pass of a batch: brings the slot of a hash near. */
  long touch(long hash) {
    return table.touch(hash);
  }

  /** Second pass of a batch: the entry of the packet's flow, or -1. */
  int find(Packet packet, boolean forward, long hash) {
    return table.find(packet, forward, hash);
  }

  /** Between second and third pass: brings near what the inspection of a packet will read. */
  long touchInspected(Packet packet, int found) {
    if (found < 0) {
      return inspector.touch(packet);
    }
    return (state.key(found) & FlowLayout.INSPECTED) == 0 ? 0 : inspector.touch(found, packet);
  }

  long hash(Packet packet, boolean forward) {
    return FlowKey.hash(packet, forward, seed);
  }

  /**
   * Third pass of a batch: takes a packet.
   *
   * @param found what {@link #find} said before other packets of the batch were taken
   * @param packetInterval number of the interval that the packet lies in
   */
  void accept(Packet packet, boolean forward, long hash, int found, int packetInterval) {
    interval = packetInterval;
    state.interval(packetInterval);
    int entry =
        found >= 0 && table.matches(found, packet, forward)
            ? found
            : table.find(packet, forward, hash);
    if (entry >= 0 && hasEnded(entry, packet, forward)) {
      entry = -1;
    }
    if (entry < 0) {
      entry = open(packet, forward, hash);
    }
    count(entry, packet, forward);
    if ((packet.tcpFlags() & CLOSING_FLAGS) != 0) {
      noteControl(entry, packet, forward);
    }
    if ((table.slab()[FlowTable.base(entry) + FlowLayout.KEY] & FlowLayout.INSPECTED) != 0) {
      inspector.inspect(entry, packet, forward);
    }
  }

  /** What was learned since the last call, to be told to all shards. */
  public LearnedNews takeLearned() {
    return context.notes.take();
  }

  /** How often an answer was refused as a teacher so far. */
  public long refused(Refusal refusal) {
    return context.notes.refused(refusal);
  }

  /** The answers cut off since the last call, to be told to all shards. */
  public List<CutAnswer> takeCutAnswers() {
    return context.retries.takeFresh();
  }

  /** Takes the answers that were cut off in all shards, before an interval is closed. */
  public void know(CutAnswers answers) {
    context.retries.know(answers);
  }

  /**
   * Takes what all shards know, before an interval is closed or the input ends.
   *
   * @param known the same for all shards
   */
  public void learn(LearnedTable known) {
    state.adjudicator.know(known);
  }

  /**
   * Puts another endpoint list in force after an interval was closed. The verdicts of open flows
   * stand, the rules of their servers are looked up anew.
   *
   * @param list keeps the operators' numbers of the list before, see {@link EndpointList#after}
   * @param known what all shards know, for that list
   */
  public void use(EndpointList list, LearnedTable known) {
    state.adjudicator.use(list);
    state.adjudicator.know(known);
    context.use(list);
    for (int entry = 0; entry < table.highWater(); entry++) {
      if (table.live(entry)) {
        state.adjudicator.lookUpAgain(
            table.slab(),
            FlowTable.base(entry),
            state.view(entry, false),
            state.detailsOrNull(entry),
            endpoints);
      }
    }
    endpoints = list;
  }

  /** Reports what every flow did in an interval that is over. */
  public void closeInterval(int closed, long nowNanos) {
    interval = closed;
    state.interval(closed);
    context.tell(counters);
    state.expireQueries(nowNanos);
    context.retries.tell(closed);
    for (int entry = 0; entry < table.highWater(); entry++) {
      if (!table.live(entry)) {
        continue;
      }
      if (state.awaitsNews(entry)) {
        state.decideWithNews(entry);
      }
      long word = table.slab()[FlowTable.base(entry) + FlowLayout.NEW_PACKETS];
      if (word >>> 16 != 0 && FlowLayout.intervalTag(word) == (closed & 0xffff)) {
        report(entry);
      }
      endIfIdle(entry, nowNanos);
    }
  }

  /** Ends all flows: the input is over. */
  public void finish(int lastInterval) {
    interval = lastInterval;
    state.interval(lastInterval);
    context.tell(counters);
    context.retries.tell(lastInterval);
    for (int entry = 0; entry < table.highWater(); entry++) {
      if (table.live(entry)) {
        end(entry, reasonOfClosing(entry, EndReason.EOF));
      }
    }
  }

  private boolean hasEnded(int entry, Packet packet, boolean forward) {
    long[] slab = table.slab();
    int base = FlowTable.base(entry);
    long idle = packet.timeNanos() - slab[base + FlowLayout.LAST];
    if (idle > idleLimit(slab[base + FlowLayout.KEY])) {
      end(entry, reasonOfClosing(entry, EndReason.IDLE));
      return true;
    }
    if (startsAnew(entry, packet) || inspector.opensAnother(entry, packet, forward)) {
      end(entry, reasonOfClosing(entry, EndReason.IDLE));
      return true;
    }
    if (packet.timeNanos() - slab[base + FlowLayout.FIRST] > settings.activeNanos()) {
      reportActive(entry);
    }
    return false;
  }

  /** A SYN on a flow that has closed or sent payload opens another connection on its ports. */
  private boolean startsAnew(int entry, Packet packet) {
    if ((packet.tcpFlags() & (TcpHeader.SYN | TcpHeader.ACK)) != TcpHeader.SYN) {
      return false;
    }
    long key = table.slab()[FlowTable.base(entry) + FlowLayout.KEY];
    if ((key & (FlowLayout.RST | FlowLayout.FIN_A | FlowLayout.FIN_B)) != 0) {
      return true;
    }
    // Payload in a SYN (RFC 7413) may be followed by the SYN once more.
    return (key & FlowLayout.PAYLOAD) != 0 && !inspector.repeatsStart(entry, packet);
  }

  private long idleLimit(long key) {
    if (FlowLayout.protocol(key) == Packet.UDP) {
      return settings.udpIdleNanos();
    }
    return closed(key) ? settings.lingerNanos() : settings.tcpIdleNanos();
  }

  private static boolean closed(long key) {
    long bothFins = FlowLayout.FIN_A | FlowLayout.FIN_B;
    return (key & FlowLayout.RST) != 0 || (key & bothFins) == bothFins;
  }

  private EndReason reasonOfClosing(int entry, EndReason otherwise) {
    long key = table.slab()[FlowTable.base(entry) + FlowLayout.KEY];
    if ((key & FlowLayout.RST) != 0) {
      return EndReason.RST;
    }
    return closed(key) ? EndReason.FIN : otherwise;
  }

  private int open(Packet packet, boolean forward, long hash) {
    sweep(packet.timeNanos());
    if (table.full()) {
      evictOne();
    }
    int entry = table.insert(packet, forward, hash);
    counters.opened++;
    state.begin(entry, packet, forward);
    return entry;
  }

  /** Looks at a few entries for each new flow, so that ended flows leave as fast as others come. */
  private void sweep(long nowNanos) {
    state.expireQueries(nowNanos);
    for (int i = 0; i < SWEEP_PER_FLOW && table.highWater() > 0; i++) {
      hand = hand + 1 < table.highWater() ? hand + 1 : 0;
      // News comes when the interval closes: until then a flow that awaits it stays.
      if (table.live(hand) && !state.awaitsNews(hand)) {
        endIfIdle(hand, nowNanos);
      }
    }
  }

  private void endIfIdle(int entry, long nowNanos) {
    int base = FlowTable.base(entry);
    long key = table.slab()[base + FlowLayout.KEY];
    if (nowNanos - table.slab()[base + FlowLayout.LAST] > idleLimit(key)) {
      end(entry, reasonOfClosing(entry, EndReason.IDLE));
    }
  }

  private void evictOne() {
    int oldest = -1;
    for (int i = 0; i < EVICTION_CHOICES; i++) {
      hand = hand + 1 < table.highWater() ? hand + 1 : 0;
      if (table.live(hand) && (oldest < 0 || last(hand) < last(oldest))) {
        oldest = hand;
      }
    }
    end(oldest, EndReason.EVICTED);
  }

  private long last(int entry) {
    return table.slab()[FlowTable.base(entry) + FlowLayout.LAST];
  }

  private void count(int entry, Packet packet, boolean forward) {
    long[] slab = table.slab();
    int base = FlowTable.base(entry);
    long packets = slab[base + FlowLayout.NEW_PACKETS];
    if (FlowLayout.intervalTag(packets) != (interval & 0xffff)
        || FlowLayout.newPacketsAb(packets) >= FlowLayout.MAX_NEW_PACKETS
        || FlowLayout.newPacketsBa(packets) >= FlowLayout.MAX_NEW_PACKETS
        || FlowLayout.upper(slab[base + FlowLayout.NEW_BYTES]) >= FlowLayout.MAX_NEW_BYTES
        || FlowLayout.lower(slab[base + FlowLayout.NEW_BYTES]) >= FlowLayout.MAX_NEW_BYTES) {
      reportIfAny(entry);
      packets = interval & 0xffff;
    }
    slab[base + FlowLayout.NEW_PACKETS] = packets + (forward ? 1L << 40 : 1L << 16);
    slab[base + FlowLayout.NEW_BYTES] +=
        forward ? (long) packet.wireLength() << 32 : packet.wireLength();
    if (packet.timeNanos() > slab[base + FlowLayout.LAST]) {
      slab[base + FlowLayout.LAST] = packet.timeNanos();
    }
  }

  private void noteControl(int entry, Packet packet, boolean forward) {
    int key = FlowTable.base(entry) + FlowLayout.KEY;
    int flags = packet.tcpFlags();
    if ((flags & TcpHeader.SYN) != 0) {
      syns.note(entry, packet, forward);
    }
    if ((flags & TcpHeader.FIN) != 0) {
      table.slab()[key] |= forward ? FlowLayout.FIN_A : FlowLayout.FIN_B;
    }
    if ((flags & TcpHeader.RST) != 0) {
      table.slab()[key] |= FlowLayout.RST;
    }
  }

  private void reportIfAny(int entry) {
    if (table.slab()[FlowTable.base(entry) + FlowLayout.NEW_PACKETS] >>> 16 != 0) {
      report(entry);
    }
  }

  /** Hands the new counters to the listener and adds them to the flow's own. */
  private void report(int entry) {
    long[] slab = table.slab();
    int base = FlowTable.base(entry);
    long key = slab[base + FlowLayout.KEY];
    boolean newlyCounted = (key & (FlowLayout.DECIDED | FlowLayout.COUNTED)) == FlowLayout.DECIDED;
    long packets = slab[base + FlowLayout.NEW_PACKETS];
    long bytes = slab[base + FlowLayout.NEW_BYTES];
    slab[base + FlowLayout.PACKETS] +=
        (long) FlowLayout.newPacketsAb(packets) << 32 | FlowLayout.newPacketsBa(packets);
    slab[base + FlowLayout.BYTES_AB] += FlowLayout.upper(bytes);
    slab[base + FlowLayout.BYTES_BA] += FlowLayout.lower(bytes);
    // Without new packets the tag is of an interval that may be over: what is told is told now.
    int when = packets >>> 16 == 0 ? interval : intervalOf(packets);
    listener.onActivity(state.view(entry, newlyCounted), when);
    state.tellEstimate(entry, when);
    slab[base + FlowLayout.NEW_PACKETS] = packets & 0xffff;
    slab[base + FlowLayout.NEW_BYTES] = 0;
    if (newlyCounted) {
      slab[base + FlowLayout.KEY] |= FlowLayout.COUNTED;
    }
  }

  /** The interval that a tag stands for: tags are the lowest 16 bits and intervals go on. */
  private int intervalOf(long packetsWord) {
    return interval - (short) (interval - FlowLayout.intervalTag(packetsWord));
  }

  private void end(int entry, EndReason reason) {
    inspector.close(entry);
    if (state.awaitsNews(entry)) {
      state.decideWithNews(entry);
    }
    int base = FlowTable.base(entry);
    long[] slab = table.slab();
    slab[base + FlowLayout.KEY] |= FlowLayout.DECIDED;
    boolean counted = (slab[base + FlowLayout.KEY] & FlowLayout.COUNTED) != 0;
    if (slab[base + FlowLayout.NEW_PACKETS] >>> 16 != 0 || !counted) {
      report(entry);
    }
    state.tellEstimate(entry, interval);
    state.giveUpOutstanding(entry);
    listener.onEnd(state.view(entry, false), reason, interval);
    counters.countClosed(reason);
    state.release(entry);
    table.remove(entry, FlowKey.hash(slab, base, seed));
  }

  /** Closes the record of a long flow and goes on with a new one under the same verdict. */
  private void reportActive(int entry) {
    long[] slab = table.slab();
    int base = FlowTable.base(entry);
    slab[base + FlowLayout.KEY] |= FlowLayout.DECIDED;
    boolean counted = (slab[base + FlowLayout.KEY] & FlowLayout.COUNTED) != 0;
    if (slab[base + FlowLayout.NEW_PACKETS] >>> 16 != 0 || !counted) {
      report(entry);
    }
    listener.onEnd(state.view(entry, false), EndReason.ACTIVE, interval);
    counters.countClosed(EndReason.ACTIVE);
    counters.opened++;
    state.restart(entry);
  }
}
