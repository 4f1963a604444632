// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;

/** How long a flow waits for what other flows tell of its server. */
enum NewsWait {
  /** Nothing that others tell could change what is said of it. */
  NEVER,
  /** Until the interval closes, and only if not too many wait: it has a name, or a verdict. */
  ONCE,
  /** As long as it lives: encrypted, without a name, and nothing speaks for DNS yet. */
  ALWAYS;

  private static final long HELLO = Evidence.TLS.bit() | Evidence.QUIC_INITIAL.bit();
  private static final long OUT =
      Evidence.ALPN_FOREIGN.bit() | Evidence.SNI_LISTED.bit() | Evidence.ADDRESS_LISTED.bit();

  /**
   * How long a flow waits.
   *
   * @param evidence of the flow
   * @param verdict its {@link VerdictWord}
   */
  static NewsWait of(long evidence, long verdict) {
    if ((evidence & HELLO) == 0 || (evidence & OUT) != 0) {
      return NEVER;
    }
    Transport transport = VerdictWord.transport(verdict);
    boolean named = Evidence.SNI.in(evidence);
    if (transport == Transport.OTHER) {
      return named ? ONCE : nameless(evidence);
    }
    boolean unnamed = VerdictWord.endpoint(verdict) < 0 && !named;
    return unnamed && transport.encrypted() ? ONCE : NEVER;
  }

  private static NewsWait nameless(long evidence) {
    return Evidence.SNI_ABSENT.in(evidence) ? ALWAYS : NEVER;
  }
}
