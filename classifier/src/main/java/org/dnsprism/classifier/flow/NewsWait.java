// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.endpoint.SpecialAddresses;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;

/** How long a flow waits for what other flows tell of its server. */
enum NewsWait {
  /** Nothing that others tell could change what is said of it. */
  NEVER,
  /**
   * Until the interval closes, and only if not too many wait: it has a verdict but nobody who runs
   * the server, or a name and a server that is likely to be told of.
   */
  ONCE,
  /** As long as it lives: encrypted, without a name, and nothing speaks for DNS yet. */
  ALWAYS;

  private static final long HELLO = Evidence.TLS.bit() | Evidence.QUIC_INITIAL.bit();
  private static final long HTTP =
      Evidence.ALPN_H2.bit() | Evidence.ALPN_HTTP1.bit() | Evidence.ALPN_H3.bit();
  private static final long OUT =
      Evidence.ALPN_FOREIGN.bit() | Evidence.SNI_LISTED.bit() | Evidence.ADDRESS_LISTED.bit();

  /**
   * How long a flow waits.
   *
   * @param evidence of the flow
   * @param verdict its {@link VerdictWord}
   * @param flow has the server
   */
  static NewsWait of(long evidence, long verdict, FlowView flow) {
    if ((evidence & HELLO) == 0 || (evidence & OUT) != 0) {
      return NEVER;
    }
    Transport transport = VerdictWord.transport(verdict);
    boolean named = Evidence.SNI.in(evidence);
    // A suspicion is weaker than what others tell.
    if (transport == Transport.OTHER || transport == Transport.SUSPECTED) {
      return named ? named(evidence, flow) : nameless(evidence);
    }
    boolean unnamed = VerdictWord.endpoint(verdict) < 0 && !named;
    return unnamed && transport.encrypted() ? ONCE : NEVER;
  }

  /**
   * With a name, only servers that resolvers designate are learned in time: private ones, which no
   * list can have (RFC 9462), or ports of DNS alone. Ordinary web traffic does not wait.
   */
  private static NewsWait named(long evidence, FlowView flow) {
    boolean web = (evidence & (HTTP | Evidence.PORT_443.bit())) != 0;
    boolean likely = !web || SpecialAddresses.contain(flow.serverHigh(), flow.serverLow());
    return likely ? ONCE : NEVER;
  }

  private static NewsWait nameless(long evidence) {
    return Evidence.SNI_ABSENT.in(evidence) ? ALWAYS : NEVER;
  }
}
