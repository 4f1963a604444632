// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.dns.DnsDialect;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.dns.DnsStatus;
import org.dnsprism.classifier.dns.DnsStream;
import org.dnsprism.classifier.verdict.Evidence;

/**
 * Reads both directions of DNS over TCP for as long as the connection lasts. Off port 53 a stream
 * that does not begin with a message is searched for one, and taken for DNS only when a query of
 * one side is answered by the other.
 */
final class DnsReader {
  private static final int LLMNR_PORT = 5355;

  /** Bytes without any message after which a connection on port 53 is not DNS. */
  private static final int MAX_SKIPPED_BYTES = 1 << 12;

  /** As much of a connection on another port, and so many pieces of it, are searched for DNS. */
  private static final int MAX_SEARCHED_BYTES = 1 << 11;

  private static final int MAX_SEARCHED_PIECES = 16;

  private final FlowState state;
  private final InspectionContext context;
  private final Side client;
  private final Side server;
  private final HeldMessages held;
  private final HeldMessages.Receiver onHeld = this::replay;
  private int entry;
  private boolean alone;
  private boolean expected;
  private boolean searching;
  private boolean finished;
  private int searchedPieces;
  private long refusedBytes;
  private long timeNanos;

  /** One direction. */
  private final class Side implements DnsStream.Sink {
    final boolean isClient;
    final DnsStream stream;
    boolean startKnown;

    Side(boolean isClient) {
      this.isClient = isClient;
      stream = new DnsStream(context.memory);
    }

    void reset(boolean known) {
      startKnown = known;
      stream.reset(known);
    }

    @Override
    public void onMessage(ByteBuf buffer, int offset, int length) {
      message(this, buffer, offset, length);
    }
  }

  DnsReader(FlowState state, InspectionContext context) {
    this.state = state;
    this.context = context;
    client = new Side(true);
    server = new Side(false);
    held = new HeldMessages(context.memory);
  }

  /** Begins with a connection on port 53. */
  void begin(int flowEntry, boolean clientStartKnown, boolean serverStartKnown) {
    begin(flowEntry);
    expected = true;
    client.reset(clientStartKnown);
    server.reset(serverStartKnown);
  }

  /**
   * Begins with a connection on another port.
   *
   * @param framed whether its first bytes are the length and header of a message
   */
  void beginElsewhere(int flowEntry, boolean framed) {
    begin(flowEntry);
    searching = !framed;
    client.reset(framed);
    server.reset(framed);
  }

  /** Begins with a connection joined in the middle that is searched for TLS too. */
  void beginSearch(int flowEntry) {
    beginElsewhere(flowEntry, false);
    alone = false;
  }

  private void begin(int flowEntry) {
    entry = flowEntry;
    alone = true;
    expected = false;
    searching = false;
    finished = false;
    searchedPieces = 0;
    refusedBytes = 0;
  }

  void reset() {
    client.reset(false);
    server.reset(false);
    held.clear();
  }

  boolean finished() {
    return finished;
  }

  /** Whether a search found messages. */
  boolean found() {
    return !searching && !finished;
  }

  void bytes(boolean isClient, ByteBuf buffer, int offset, int length, long time) {
    if (finished) {
      return;
    }
    timeNanos = time;
    Side side = side(isClient);
    side.stream.feed(buffer, offset, length, side);
    if (!seen() && !finished && hopeless()) {
      giveUp();
    }
  }

  private boolean hopeless() {
    long skipped = refusedBytes + client.stream.skippedBytes() + server.stream.skippedBytes();
    return searching
        ? skipped > MAX_SEARCHED_BYTES || ++searchedPieces >= MAX_SEARCHED_PIECES
        : skipped > MAX_SKIPPED_BYTES;
  }

  private Side side(boolean isClient) {
    return isClient ? client : server;
  }

  void gap(boolean isClient) {
    side(isClient).startKnown = false;
    side(isClient).stream.gap();
  }

  void restart(boolean isClient) {
    side(isClient).reset(false);
  }

  void end() {
    if (!seen()) {
      giveUp();
    }
  }

  private boolean seen() {
    return (state.evidence(entry) & (Evidence.DNS_PARSED.bit() | Evidence.DNS_PLAUSIBLE.bit()))
        != 0;
  }

  private void giveUp() {
    finished = true;
    held.clear();
    if (alone) {
      state.addEvidence(entry, Evidence.NOT_DNS.bit());
      state.decide(entry);
    }
  }

  private void message(Side side, ByteBuf buffer, int offset, int length) {
    if (finished) {
      return;
    }
    DnsMessage message = context.message;
    boolean seen = seen();
    DnsDialect dialect = expected || seen ? DnsDialect.EXPECTED : DnsDialect.STRICT;
    DnsStatus status = context.parser.parse(buffer, offset, length, length, dialect, message);
    switch (status) {
      case WHOLE -> {
        if (!seen && expected && message.questionCount() > 0 && !message.ordinaryClass()) {
          refuse(side, length);
        } else if (searching) {
          weigh(side, buffer, offset, length);
        } else {
          accept(side.isClient, buffer, offset, length);
        }
      }
      case CUT, PLAUSIBLE -> {
        if (seen || message.ordinaryQuestion()) {
          state.counters().malformedDns++;
          note(Evidence.DNS_PLAUSIBLE.bit());
        } else {
          refuse(side, length);
        }
      }
      case NOT_DNS -> refuse(side, length);
    }
  }

  private void accept(boolean isClient, ByteBuf buffer, int offset, int length) {
    DnsMessage message = context.message;
    boolean clientIsA = (state.key(entry) & FlowLayout.CLIENT_A) != 0;
    state.learnClient(entry, (message.response() == isClient) != clientIsA);
    note(Evidence.DNS_PARSED.bit());
    state.noteRole(entry, message);
    context.retries.overTcp(entry, message, timeNanos);
    if (state.message(entry, message, timeNanos) && !isClient) {
      context.learn(state, entry, buffer, offset, length, timeNanos);
    }
  }

  /** Holds a query, and takes the connection for DNS when this answers one. */
  private void weigh(Side side, ByteBuf buffer, int offset, int length) {
    DnsMessage message = context.message;
    if (!message.response()) {
      held.hold(side.isClient, message, buffer, offset, length, timeNanos);
    } else if (held.answeredBy(side.isClient, message)) {
      searching = false;
      long now = timeNanos;
      held.release(onHeld);
      replay(side.isClient, buffer, offset, length, now);
    }
  }

  private void replay(boolean isClient, ByteBuf buffer, int offset, int length, long time) {
    timeNanos = time;
    context.parser.parse(buffer, offset, length, length, DnsDialect.STRICT, context.message);
    accept(isClient, buffer, offset, length);
  }

  /**
   * Bytes that are not DNS: not a connection for DNS, or one whose messages must be found again.
   */
  private void refuse(Side side, int length) {
    if (seen()) {
      state.counters().malformedDns++;
    } else if (expected && side.startKnown) {
      giveUp();
      return;
    } else if (!expected) {
      searching = true;
    }
    refusedBytes += length;
    side.stream.gap();
  }

  private void note(long bit) {
    if ((state.evidence(entry) & bit) == 0) {
      long key = state.key(entry);
      boolean llmnr = FlowLayout.portA(key) == LLMNR_PORT || FlowLayout.portB(key) == LLMNR_PORT;
      state.addEvidence(entry, llmnr ? bit | Evidence.PORT_LLMNR.bit() : bit);
      state.decide(entry);
    }
  }
}
