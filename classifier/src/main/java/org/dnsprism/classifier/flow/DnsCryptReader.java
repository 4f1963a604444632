// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.dns.DnsCrypt;
import org.dnsprism.classifier.dns.DnsStream;
import org.dnsprism.classifier.verdict.Evidence;

/**
 * Reads DNSCrypt over TCP: messages with a length in front, as in DNS, of which only the resolver's
 * and those for a relay have magic bytes. What the client sent before the first answer is counted
 * once it has come.
 */
final class DnsCryptReader {
  private final FlowState state;
  private final DnsStream client;
  private final DnsStream server;
  private final DnsStream.Sink fromClient = (buffer, at, length) -> read(true, buffer, at, length);
  private final DnsStream.Sink fromServer = (buffer, at, length) -> read(false, buffer, at, length);
  private int entry;
  private boolean swapped;
  private boolean finished;

  DnsCryptReader(FlowState state, InspectionContext context) {
    this.state = state;
    client = new DnsStream(context.memory);
    server = new DnsStream(context.memory);
  }

  void begin(int flowEntry) {
    entry = flowEntry;
    swapped = false;
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
    return (state.evidence(entry) & DnsCryptDatagrams.SEEN) != 0;
  }

  private void read(boolean isClient, ByteBuf buffer, int offset, int length) {
    if (finished) {
      return;
    }
    if (DnsCrypt.response(buffer, offset, length)) {
      answer(isClient);
    } else if (!seen() && DnsCrypt.relayed(buffer, offset, length)) {
      learnClient(isClient);
      DnsCryptDatagrams.noteRelay(state, entry, buffer, offset);
      state.countOpaque(entry, true);
    } else if (isClient == swapped && !Evidence.DNSCRYPT_RELAY.in(state.evidence(entry))) {
      end(); // only relays answer with anything else: certificates
    } else if (seen()) {
      state.countOpaque(entry, isClient != swapped);
    } else if (!DnsCrypt.queryLength(length)
        || !DnsCryptDatagrams.hold(state, entry, buffer.getLong(offset))) {
      end();
    }
  }

  private void answer(boolean isClient) {
    learnClient(!isClient);
    if (!Evidence.DNSCRYPT.in(state.evidence(entry))) {
      state.addEvidence(entry, Evidence.DNSCRYPT.bit());
      state.decide(entry);
    }
    DnsCryptDatagrams.tellHeld(state, entry);
    state.countOpaque(entry, false);
  }

  /** Where no SYN was seen, the side that was taken for the client's may be the server's. */
  private void learnClient(boolean isClient) {
    boolean clientIsA = (state.key(entry) & FlowLayout.CLIENT_A) != 0;
    if (!seen()) {
      state.learnClient(entry, isClient == clientIsA);
      swapped = !isClient;
    }
  }
}
