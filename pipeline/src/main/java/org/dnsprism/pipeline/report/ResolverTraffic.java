// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord.TransportSums;
import org.jspecify.annotations.Nullable;

/** The sums that shares are taken of, and those by transport. */
final class ResolverTraffic {
  private static final TransportSums NONE = new TransportSums(0, 0, 0, 0, 0, null, null);

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

  /** Sums of transports of which one is estimated at least are estimated. */
  private static TransportSums sum(TransportSums a, TransportSums b) {
    return new TransportSums(
        a.flows() + b.flows(),
        a.packets() + b.packets(),
        a.bytes() + b.bytes(),
        a.queries() + b.queries(),
        a.responses() + b.responses(),
        sum(a, a.queriesLow(), b, b.queriesLow()),
        sum(a, a.queriesHigh(), b, b.queriesHigh()));
  }

  private static @Nullable Long sum(
      TransportSums a, @Nullable Long boundOfA, TransportSums b, @Nullable Long boundOfB) {
    if (boundOfA == null && boundOfB == null) {
      return null;
    }
    return (boundOfA == null ? a.queries() : boundOfA)
        + (boundOfB == null ? b.queries() : boundOfB);
  }
}
