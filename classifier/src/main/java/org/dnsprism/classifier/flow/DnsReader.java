// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.dns.DnsDialect;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.dns.DnsStatus;
import org.dnsprism.classifier.dns.DnsStream;
import org.dnsprism.classifier.verdict.Evidence;

/** Reads both directions of DNS over TCP for as long as the connection lasts. */
final class DnsReader {
  private static final int LLMNR_PORT = 5355;

  /** Bytes without any message after which a connection on port 53 is not DNS. */
  private static final int MAX_SKIPPED_BYTES = 1 << 12;

  private final FlowState state;
  private final InspectionContext context;
  private final DnsStream client;
  private final DnsStream server;
  private final DnsStream.Sink fromClient =
      (buffer, offset, length) -> message(true, buffer, offset, length);
  private final DnsStream.Sink fromServer =
      (buffer, offset, length) -> message(false, buffer, offset, length);
  private int entry;
  private boolean expected;
  private boolean finished;
  private long timeNanos;

  DnsReader(FlowState state, InspectionContext context) {
    this.state = state;
    this.context = context;
    client = new DnsStream(context.memory);
    server = new DnsStream(context.memory);
  }

  void begin(int flowEntry, boolean onPort, boolean clientStartKnown, boolean serverStartKnown) {
    entry = flowEntry;
    expected = onPort;
    finished = false;
    client.reset(clientStartKnown || !onPort);
    server.reset(serverStartKnown || !onPort);
  }

  void reset() {
    client.reset(false);
    server.reset(false);
  }

  boolean finished() {
    return finished;
  }

  void bytes(boolean isClient, ByteBuf buffer, int offset, int length, long time) {
    if (finished) {
      return;
    }
    timeNanos = time;
    if (isClient) {
      client.feed(buffer, offset, length, fromClient);
    } else {
      server.feed(buffer, offset, length, fromServer);
    }
    if (!seen() && client.skippedBytes() + server.skippedBytes() > MAX_SKIPPED_BYTES) {
      giveUp();
    }
  }

  void gap(boolean isClient) {
    (isClient ? client : server).gap();
  }

  void restart(boolean isClient) {
    (isClient ? client : server).reset(false);
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
    state.addEvidence(entry, Evidence.NOT_DNS.bit());
    state.decide(entry);
  }

  private void message(boolean isClient, ByteBuf buffer, int offset, int length) {
    if (finished) {
      return;
    }
    DnsMessage message = context.message;
    boolean known = expected || seen();
    DnsDialect dialect = known ? DnsDialect.EXPECTED : DnsDialect.STRICT;
    DnsStatus status = context.parser.parse(buffer, offset, length, length, dialect, message);
    switch (status) {
      case WHOLE -> {
        boolean clientIsA = (state.key(entry) & FlowLayout.CLIENT_A) != 0;
        state.learnClient(entry, (message.response() == isClient) != clientIsA);
        note(Evidence.DNS_PARSED.bit());
        state.noteRole(entry, message);
        if (state.message(entry, message, timeNanos) && !isClient) {
          state.learn(entry, message, buffer, offset, length, timeNanos);
        }
      }
      case CUT, PLAUSIBLE -> {
        state.counters().malformedDns++;
        note(Evidence.DNS_PLAUSIBLE.bit());
      }
      case NOT_DNS -> {
        if (!seen()) {
          giveUp();
        } else {
          (isClient ? client : server).gap();
        }
      }
    }
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
