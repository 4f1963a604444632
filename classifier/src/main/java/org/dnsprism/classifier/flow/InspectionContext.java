// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.dns.DnsParser;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.learned.AnswerReader;
import org.dnsprism.classifier.learned.LearnedNotes;
import org.dnsprism.classifier.quic.DecryptionBudget;
import org.dnsprism.classifier.quic.QuicCounters;
import org.dnsprism.classifier.quic.QuicCrypto;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tcp.TcpCounters;
import org.dnsprism.classifier.tls.Ja4;
import org.dnsprism.classifier.tls.TlsCounters;

/**
 * What all inspections of a shard share: memory, ciphers, one message at a time, counters, and what
 * they learn until the interval closes.
 */
final class InspectionContext {
  private static final int INITIALS_PER_SECOND = 20_000;

  final ReassemblyMemory memory;
  final TcpCounters tcp = new TcpCounters();
  final TlsCounters tls = new TlsCounters();
  final QuicCounters quic = new QuicCounters();
  final QuicCrypto crypto = new QuicCrypto(new DecryptionBudget(INITIALS_PER_SECOND), quic);
  final Ja4 ja4 = new Ja4();
  final DnsParser parser = new DnsParser();
  final DnsMessage message = new DnsMessage();

  final TcpRetries retries;
  final LearnedNotes notes = new LearnedNotes();
  private AnswerReader answers;

  InspectionContext(
      FlowSettings settings, EndpointList endpoints, FlowState state, FlowListener listener) {
    retries = new TcpRetries(state, listener);
    memory = new ReassemblyMemory(settings.maxReassemblyBytes());
    answers = new AnswerReader(endpoints, notes);
  }

  /** Puts another list in force. */
  void use(EndpointList list) {
    answers = new AnswerReader(list, notes);
  }

  /**
   * Learns from the message, which is a whole response of the flow's server to a query that was
   * seen, if it is one that teaches.
   *
   * @param buffer holds it from {@code offset} on
   */
  void learn(FlowState state, int entry, ByteBuf buffer, int offset, int length, long timeNanos) {
    if (answers.matters(message)) {
      FlowView flow = state.view(entry, false);
      answers.from(flow.serverHigh(), flow.serverLow(), flow.serverPort());
      answers.read(buffer, offset, length, message, timeNanos);
    }
  }

  /** Brings the counters of what was left out up to date. */
  void tell(FlowCounters counters) {
    counters.reassemblyGaps = tcp.gaps();
    counters.reassemblyLimits = tcp.capHits() + quic.cryptoCapHits() + memory.refusals();
    counters.retriesDropped = retries.dropped();
    counters.decryptionsSkipped = quic.flowBudgetSkips() + quic.secondBudgetSkips();
  }
}
