// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.dns.DnsParser;
import org.dnsprism.classifier.quic.DecryptionBudget;
import org.dnsprism.classifier.quic.QuicCounters;
import org.dnsprism.classifier.quic.QuicCrypto;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tcp.TcpCounters;
import org.dnsprism.classifier.tls.Ja4;
import org.dnsprism.classifier.tls.TlsCounters;

/** What all inspections of a shard share: memory, ciphers, one message at a time, counters. */
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

  InspectionContext(FlowSettings settings) {
    memory = new ReassemblyMemory(settings.maxReassemblyBytes());
  }

  /** Brings the counters of what was left out up to date. */
  void tell(FlowCounters counters) {
    counters.reassemblyGaps = tcp.gaps();
    counters.reassemblyLimits = tcp.capHits() + quic.cryptoCapHits() + memory.refusals();
    counters.decryptionsSkipped = quic.flowBudgetSkips() + quic.secondBudgetSkips();
  }
}
