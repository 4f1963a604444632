// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.dns.DnsCrypt;
import org.dnsprism.classifier.dns.DnsStream;
import org.dnsprism.classifier.verdict.Evidence;

/**
 * Reads DNSCrypt over TCP: messages with a length in front, as in DNS, of which only the resolver's
 * have magic bytes. What the client sent before the first of them is counted once it has come.
 */
final class DnsCryptReader {
  private final FlowState state;
  private final DnsStream client;
  private final DnsStream server;
  private final DnsStream.Sink fromClient = (buffer, offset, length) -> count(true);
  private final DnsStream.Sink fromServer = this::answer;
  private int entry;
  private int waiting;
  private boolean finished;

  DnsCryptReader(FlowState state, InspectionContext context) {
    this.state = state;
    client = new DnsStream(context.memory);
    server = new DnsStream(context.memory);
  }

  void begin(int flowEntry) {
    entry = flowEntry;
    waiting = 0;
    finished = false;
    client.reset(true);
    server.reset(true);
  }

  void reset() {
    client.reset(false);
    server.reset(false);
  }

  boolean finished() {
    return finished;
  }

  void bytes(boolean isClient, ByteBuf buffer, int offset, int length) {
    if (!finished) {
      (isClient ? client : server).feed(buffer, offset, length, isClient ? fromClient : fromServer);
    }
  }

  /** Lost bytes lose the lengths too: what was seen until here stays. */
  void gap() {
    end();
  }

  void end() {
    finished = true;
    if (!seen()) {
      state.addEvidence(entry, Evidence.NOT_DNS.bit());
    }
    state.decide(entry);
  }

  private boolean seen() {
    return Evidence.DNSCRYPT.in(state.evidence(entry));
  }

  private void answer(ByteBuf buffer, int offset, int length) {
    if (finished) {
      return;
    }
    if (!DnsCrypt.response(buffer, offset, length)) {
      end();
      return;
    }
    if (!seen()) {
      state.addEvidence(entry, Evidence.DNSCRYPT.bit());
      state.decide(entry);
      for (; waiting > 0; waiting--) {
        state.countOpaque(entry, true);
      }
    }
    count(false);
  }

  private void count(boolean isClient) {
    if (seen()) {
      state.countOpaque(entry, isClient);
    } else {
      waiting++;
    }
  }
}
