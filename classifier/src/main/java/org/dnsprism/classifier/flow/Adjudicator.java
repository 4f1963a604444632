// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.nio.charset.StandardCharsets;
import org.dnsprism.classifier.endpoint.EchPublicNames;
import org.dnsprism.classifier.endpoint.Endpoint;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointProtocol;
import org.dnsprism.classifier.endpoint.RelayNames;
import org.dnsprism.classifier.endpoint.Sharing;
import org.dnsprism.classifier.endpoint.Tier;
import org.dnsprism.classifier.learned.LearnedTable;
import org.dnsprism.classifier.tls.Ech;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Rule;
import org.dnsprism.classifier.verdict.Rules;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Packet;
import org.jspecify.annotations.Nullable;

/** Adds what ports and the endpoint list say to a flow's evidence and applies the rules table. */
final class Adjudicator {
  private static final long LIST_EVIDENCE =
      Evidence.SNI_LISTED.bit()
          | Evidence.SNI_SHARED.bit()
          | Evidence.SNI_TAIL.bit()
          | Evidence.ADDRESS_LISTED.bit()
          | Evidence.ADDRESS_SHARED.bit()
          | Evidence.ADDRESS_TAIL.bit()
          | LearnedEvidence.ALL
          | Evidence.ECH_OFFERED.bit()
          | Evidence.LIST_STALE.bit()
          | Evidence.RELAY.bit();
  private static final long PORT_EVIDENCE =
      Evidence.PORT_53.bit()
          | Evidence.PORT_853.bit()
          | Evidence.PORT_443.bit()
          | Evidence.PORT_DOT_LISTED.bit()
          | Evidence.PORT_DOQ_DRAFT.bit();

  private static final long HTTP = Evidence.ALPN_H2.bit() | Evidence.ALPN_HTTP1.bit();
  private static final long ANY_ALPN = HTTP | Evidence.ALPN_H3.bit() | Evidence.ALPN_FOREIGN.bit();
  private static final long UNSUSPICIOUS =
      Evidence.MIDSTREAM.bit()
          | Evidence.SNI_LISTED.bit()
          | Evidence.ALPN_FOREIGN.bit()
          | Evidence.ECH_OFFERED.bit()
          | Evidence.RELAY.bit()
          | Evidence.PORT_853.bit()
          | Evidence.BEHAVES_LIKE_DNS.bit();

  private static final int DOT_PORT = 853;

  private EndpointList endpoints;
  private final LearnedEvidence learned;

  Adjudicator(EndpointList endpoints) {
    this.endpoints = endpoints;
    learned = new LearnedEvidence(LearnedTable.empty(endpoints));
  }

  /** Takes what all shards know. */
  void know(LearnedTable known) {
    learned.know(known);
  }

  /** Puts another list in force. */
  void use(EndpointList list) {
    endpoints = list;
  }

  /** Number of the operator behind a rule, 0 for none. */
  int operator(int rule) {
    return endpoints.operatorIndex(rule);
  }

  /** Looks up the rule of the flow at {@code base} in the list in force; its verdict stands. */
  void lookUpAgain(
      long[] slab, int base, FlowView flow, @Nullable FlowDetails details, EndpointList before) {
    if (details != null) {
      details.certificateRule = again(details.certificateRule, before);
      details.learnedRule = again(details.learnedRule, before);
    }
    long evidence = slab[base + FlowLayout.EVIDENCE];
    int name = Evidence.ECH_OFFERED.in(evidence) ? -1 : ruleOfName(details);
    int address = endpoints.findAddress(flow.serverHigh(), flow.serverLow());
    int rule = name >= 0 ? name : ruleOfCertificate(details, address);
    long had = evidence & LearnedEvidence.ALL;
    if (rule < 0 && learned.of(evidence, had, flow, details, name) != 0) {
      rule = learned.rule();
    }
    long word = slab[base + FlowLayout.VERDICT];
    slab[base + FlowLayout.VERDICT] = VerdictWord.withEndpoint(word, rule);
  }

  /** The rule for the name of a rule in the list before. */
  private int again(int rule, EndpointList before) {
    if (rule < 0) {
      return -1;
    }
    byte[] name = before.endpoint(rule).value().getBytes(StandardCharsets.US_ASCII);
    return endpoints.findName(name, 0, name.length);
  }

  /** Writes evidence, verdict and endpoint into the flow at {@code base}. */
  void decide(long[] slab, int base, FlowView flow, @Nullable FlowDetails details) {
    long before = slab[base + FlowLayout.EVIDENCE];
    long evidence = before & ~(LIST_EVIDENCE | PORT_EVIDENCE);
    evidence |= ports(flow.protocol(), flow.serverPort());
    evidence |= front(details) | learned.ofMagic(flow, details);
    // A front's name says nothing of the server behind it.
    int name = Evidence.ECH_OFFERED.in(evidence) ? -1 : ruleOfName(details);
    int address = endpoints.findAddress(flow.serverHigh(), flow.serverLow());
    boolean nameServes = name >= 0 && servesHttp(endpoints.endpoint(name));
    if (nameServes) {
      evidence |= nameEvidence(endpoints.endpoint(name));
    }
    if (address >= 0) {
      evidence |= addressEvidence(endpoints.endpoint(address), evidence, flow.serverPort());
    }
    evidence |= ageEvidence(evidence, name, address, flow.startNanos());
    before &= LearnedEvidence.ALL;
    long news = listed(evidence) ? 0 : learned.of(evidence, before, flow, details, name);
    evidence |= news;
    int rule = name >= 0 ? name : ruleOfCertificate(details, address);
    evidence |= dotPort(rule, flow.protocol(), flow.serverPort());
    rule = rule < 0 && news != 0 ? learned.rule() : rule;
    evidence |= relay(details);
    Rule decided = Rules.decide(evidence);
    slab[base + FlowLayout.EVIDENCE] = evidence;
    long word = slab[base + FlowLayout.VERDICT];
    word = VerdictWord.withVerdict(word, decided.transport(), decided.confidence());
    slab[base + FlowLayout.VERDICT] = VerdictWord.withEndpoint(word, rule);
  }

  private static long relay(@Nullable FlowDetails details) {
    boolean relay = details != null && RelayNames.contains(details.sni, details.sniLength);
    return relay ? Evidence.RELAY.bit() : 0;
  }

  private int ruleOfName(@Nullable FlowDetails details) {
    return details == null ? -1 : endpoints.findName(details.sni, 0, details.sniLength);
  }

  private static int ruleOfCertificate(@Nullable FlowDetails details, int otherwise) {
    return details == null || details.certificateRule < 0 ? otherwise : details.certificateRule;
  }

  /** Whether Encrypted ClientHello is real: the hello proved it, or shows a known front. */
  private long front(@Nullable FlowDetails details) {
    if (details == null || details.ech == Ech.NONE) {
      return 0;
    }
    if (isFront(details)) {
      details.ech = Ech.OFFERED;
    }
    return details.ech == Ech.OFFERED ? Evidence.ECH_OFFERED.bit() : 0;
  }

  /** A listed resolver is no front, whatever an answer may have published. */
  private boolean isFront(FlowDetails details) {
    return EchPublicNames.bundled().contains(details.sni, 0, details.sniLength)
        || (learned.isFront(details.sni, details.sniLength) && ruleOfName(details) < 0);
  }

  private long dotPort(int rule, int protocol, int port) {
    boolean listed =
        rule >= 0
            && protocol == Packet.TCP
            && port != DOT_PORT
            && endpoints.endpoint(rule).serves(EndpointProtocol.DOT, port)
            && endpoints.endpoint(rule).tier() != Tier.TAIL;
    return listed ? Evidence.PORT_DOT_LISTED.bit() : 0;
  }

  /**
   * What the names of a server's certificate say, each behind a byte with its length. A wildcard
   * name is listed only below a suffix rule: that it would fit an exact rule tells nothing.
   *
   * @param details gets the rule of the first listed name
   */
  long certificate(byte[] names, int length, FlowDetails details) {
    int unlisted = 0;
    details.certificateRule = -1;
    for (int offset = 0; offset < length; offset += 1 + (names[offset] & 0xff)) {
      int rule = endpoints.findName(names, offset + 1, names[offset] & 0xff);
      if (rule < 0 || !servesHttp(endpoints.endpoint(rule))) {
        unlisted++;
      } else if (details.certificateRule < 0) {
        details.certificateRule = rule;
      }
    }
    if (details.certificateRule < 0) {
      return 0;
    }
    Endpoint endpoint = endpoints.endpoint(details.certificateRule);
    boolean shared = unlisted > 0 || endpoint.sharing() != Sharing.DEDICATED;
    return Evidence.CERTIFICATE_LISTED.bit()
        | (shared ? Evidence.CERTIFICATE_SHARED.bit() : 0)
        | (endpoint.tier() == Tier.TAIL ? Evidence.CERTIFICATE_TAIL.bit() : 0);
  }

  /** What the list says of the flow itself needs no help. */
  private static boolean listed(long evidence) {
    return (evidence & (Evidence.SNI_LISTED.bit() | Evidence.ADDRESS_LISTED.bit())) != 0;
  }

  /**
   * Whether a flow may yet be suspected: HTTPS whose start was seen and that nothing else names.
   */
  static boolean maySuspect(long evidence, Transport verdict) {
    boolean http = (evidence & HTTP) != 0 || (evidence & ANY_ALPN) == 0;
    boolean tls = Evidence.TLS.in(evidence);
    boolean quic = Evidence.QUIC_INITIAL.in(evidence) && Evidence.ALPN_H3.in(evidence);
    return verdict == Transport.OTHER
        && (evidence & UNSUSPICIOUS) == 0
        && ((tls && http && !Evidence.ALPN_H3.in(evidence)) || quic);
  }

  private static long ports(int protocol, int serverPort) {
    return switch (serverPort) {
      case 53 -> Evidence.PORT_53.bit();
      case 853 -> Evidence.PORT_853.bit();
      case 443 -> Evidence.PORT_443.bit();
      case 784, 8853 -> protocol == Packet.UDP ? Evidence.PORT_DOQ_DRAFT.bit() : 0;
      default -> 0;
    };
  }

  private static boolean servesHttp(Endpoint endpoint) {
    return endpoint.serves(EndpointProtocol.DOH) || endpoint.serves(EndpointProtocol.DOH3);
  }

  private static long nameEvidence(Endpoint endpoint) {
    long bits = Evidence.SNI_LISTED.bit();
    if (endpoint.sharing() != Sharing.DEDICATED) {
      bits |= Evidence.SNI_SHARED.bit();
    }
    return endpoint.tier() == Tier.TAIL ? bits | Evidence.SNI_TAIL.bit() : bits;
  }

  private static long addressEvidence(Endpoint endpoint, long evidence, int port) {
    if (!endpoint.serves(serviceOf(evidence), port)) {
      return 0;
    }
    long bits = Evidence.ADDRESS_LISTED.bit();
    if (endpoint.sharing() == Sharing.SHARED) {
      bits |= Evidence.ADDRESS_SHARED.bit();
    }
    return endpoint.tier() == Tier.TAIL ? bits | Evidence.ADDRESS_TAIL.bit() : bits;
  }

  /** A verdict leans on the name where it is listed, else on the address. */
  private long ageEvidence(long evidence, int name, int address, long timeNanos) {
    boolean stale =
        Evidence.SNI_LISTED.in(evidence)
            ? endpoints.stale(name, timeNanos)
            : Evidence.ADDRESS_LISTED.in(evidence) && endpoints.stale(address, timeNanos);
    return stale ? Evidence.LIST_STALE.bit() : 0;
  }

  /** Which listed service the flow would be using. */
  private static EndpointProtocol serviceOf(long evidence) {
    boolean quic = Evidence.QUIC.in(evidence);
    boolean tls = Evidence.TLS.in(evidence);
    if ((evidence & DnsCryptDatagrams.SEEN) != 0) {
      return EndpointProtocol.DNSCRYPT;
    }
    if (Evidence.DNS_PARSED.in(evidence) || (Evidence.PORT_53.in(evidence) && !quic && !tls)) {
      return EndpointProtocol.DO53;
    }
    if (Evidence.PORT_853.in(evidence)) {
      return quic ? EndpointProtocol.DOQ : EndpointProtocol.DOT;
    }
    return quic ? EndpointProtocol.DOH3 : EndpointProtocol.DOH;
  }
}
