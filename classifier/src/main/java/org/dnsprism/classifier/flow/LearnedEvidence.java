// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.endpoint.EndpointProtocol;
import org.dnsprism.classifier.learned.LearnedEndpoint;
import org.dnsprism.classifier.learned.LearnedMatch;
import org.dnsprism.classifier.learned.LearnedTable;
import org.dnsprism.classifier.verdict.Evidence;
import org.jspecify.annotations.Nullable;

/** Turns what is learned of a server into evidence of a flow to it. */
final class LearnedEvidence {
  /** All evidence of this kind. */
  static final long ALL =
      Evidence.ADDRESS_LEARNED.bit()
          | Evidence.LEARNED_WEAK.bit()
          | Evidence.LEARNED_DOT.bit()
          | Evidence.SNI_LEARNED.bit();

  private static final int DO53 = LearnedEndpoint.bit(EndpointProtocol.DO53);
  private static final int DOT = LearnedEndpoint.bit(EndpointProtocol.DOT);
  private static final int DOH = LearnedEndpoint.bit(EndpointProtocol.DOH);
  private static final int DOH3 = LearnedEndpoint.bit(EndpointProtocol.DOH3);
  private static final int DOQ = LearnedEndpoint.bit(EndpointProtocol.DOQ);
  private static final int DNSCRYPT = LearnedEndpoint.bit(EndpointProtocol.DNSCRYPT);

  private static final long CLEAR_DNS = Evidence.DNS_PARSED.bit() | Evidence.DNS_PLAUSIBLE.bit();
  private static final long HTTP_OFFERED = Evidence.ALPN_H2.bit() | Evidence.ALPN_HTTP1.bit();
  private static final long TLS_SEEN =
      Evidence.TLS.bit() | Evidence.TLS_SERVER.bit() | Evidence.TLS_RECORDS.bit();
  private static final long NAME_CLEAR = Evidence.SNI.bit() | Evidence.SNI_ABSENT.bit();
  private static final byte[] NO_NAME = new byte[0];

  private final LearnedMatch match = new LearnedMatch();
  private LearnedTable known;
  private int rule = -1;

  LearnedEvidence(LearnedTable known) {
    this.known = known;
  }

  void know(LearnedTable table) {
    known = table;
  }

  /**
   * The evidence for a flow.
   *
   * @param evidence what its packets show
   * @param before evidence of this kind that it had; what was true when it began stays
   * @param details its names; null when none are kept
   * @param nameRule index of the list's rule for its server name, or -1
   */
  long of(long evidence, long before, FlowView flow, @Nullable FlowDetails details, int nameRule) {
    int asked = asked(evidence);
    if (asked == 0 || (known.size() == 0 && before == 0)) {
      return 0;
    }
    boolean named = Evidence.SNI.in(evidence);
    boolean unclear = Evidence.TLS.in(evidence) && (evidence & NAME_CLEAR) == 0;
    if (unclear || (named && details == null)) {
      return 0;
    }
    byte[] name = named && details != null ? details.sni : NO_NAME;
    int length = named && details != null ? details.sniLength : 0;
    boolean found =
        match.find(
            known,
            flow.serverHigh(),
            flow.serverLow(),
            flow.serverPort(),
            asked,
            name,
            length,
            nameRule,
            flow.startNanos());
    if (!found) {
      LearnedEndpoint former = details == null ? null : details.learned;
      boolean holds = former != null && (former.protocols() & asked) != 0;
      rule = holds && details != null ? details.learnedRule : -1;
      return holds ? before : 0;
    }
    rule = match.rule();
    if (details != null) {
      details.learned = match.best();
      details.learnedRule = rule;
    }
    long bits = Evidence.ADDRESS_LEARNED.bit();
    bits |= match.weak() ? Evidence.LEARNED_WEAK.bit() : 0;
    bits |= (match.protocols() & DOT) != 0 ? Evidence.LEARNED_DOT.bit() : 0;
    return named ? bits | Evidence.SNI_LEARNED.bit() : bits;
  }

  /** What the first bytes of a flow's queries are evidence of, if it may be DNSCrypt. */
  long ofMagic(FlowView flow, @Nullable FlowDetails details) {
    boolean known =
        details != null
            && details.clientMagic != 0
            && this.known.hasClientMagic(
                flow.serverHigh(), flow.serverLow(), flow.serverPort(), details.clientMagic);
    return known ? Evidence.DNSCRYPT_MAGIC.bit() : 0;
  }

  /** Whether a name is known to stand in front of hidden ones (RFC 9849, section 4). */
  boolean isFront(byte[] name, int length) {
    return known.isEchPublicName(name, length);
  }

  /** Index of the list's rule behind the evidence that was found last, or -1. */
  int rule() {
    return rule;
  }

  /** Which protocols the flow could be, by what its packets show. */
  private static int asked(long evidence) {
    if ((evidence & CLEAR_DNS) != 0 || Evidence.PORT_53.in(evidence)) {
      return DO53;
    }
    if (Evidence.DNSCRYPT.in(evidence) || Evidence.DNSCRYPT_MAGIC.in(evidence)) {
      return DNSCRYPT;
    }
    if (Evidence.ALPN_FOREIGN.in(evidence)) {
      return 0;
    }
    if (Evidence.QUIC.in(evidence)) {
      return Evidence.ALPN_H3.in(evidence) ? DOH3 : DOQ;
    }
    if ((evidence & TLS_SEEN) == 0) {
      return 0;
    }
    if ((evidence & HTTP_OFFERED) != 0) {
      return DOH;
    }
    return Evidence.TLS.in(evidence) && !Evidence.ALPN_DOT.in(evidence) ? DOT | DOH : DOT;
  }
}
