// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord.TransportSums;

/** The sums that shares are taken of, and those by transport. */
final class ResolverTraffic {
  private static final TransportSums NONE = new TransportSums(0, 0, 0, 0, 0);

  private ResolverTraffic() {}

  /** What a transport had. */
  static TransportSums of(SummaryRecord summary, Transport transport) {
    return summary.whole().transports().getOrDefault(transport.label(), NONE);
  }

  /** What all transports between clients and resolvers had. */
  static TransportSums all(SummaryRecord summary) {
    TransportSums all = NONE;
    for (Transport transport : Transport.values()) {
      all = transport.resolverTraffic() ? sum(all, of(summary, transport)) : all;
    }
    return all;
  }

  /** Flows that nobody on the path can read. */
  static long encryptedFlows(SummaryRecord summary) {
    long flows = 0;
    for (Transport transport : Transport.values()) {
      flows += transport.encrypted() ? of(summary, transport).flows() : 0;
    }
    return flows;
  }

  private static TransportSums sum(TransportSums a, TransportSums b) {
    return new TransportSums(
        a.flows() + b.flows(),
        a.packets() + b.packets(),
        a.bytes() + b.bytes(),
        a.queries() + b.queries(),
        a.responses() + b.responses());
  }
}
