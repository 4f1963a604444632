// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.verdict;

import static org.dnsprism.classifier.verdict.Confidence.CERTAIN;
import static org.dnsprism.classifier.verdict.Confidence.HIGH;
import static org.dnsprism.classifier.verdict.Confidence.LOW;
import static org.dnsprism.classifier.verdict.Confidence.MEDIUM;
import static org.dnsprism.classifier.verdict.Evidence.*;

import java.util.List;
import java.util.stream.Stream;

/** The rules table: from evidence to transport and confidence. The first row that fits decides. */
public final class Rules {
  private static final List<Rule> LOCAL =
      List.of(
          Rule.of("mdns", Transport.MDNS, CERTAIN, "multicast DNS parsed on its port")
              .given(PORT_MDNS, DNS_PARSED),
          Rule.of("mdns-cut", Transport.MDNS, MEDIUM, "plausible header on the port of mDNS")
              .given(PORT_MDNS, DNS_PLAUSIBLE),
          Rule.of("llmnr", Transport.LLMNR, CERTAIN, "LLMNR parsed on its port")
              .given(PORT_LLMNR, DNS_PARSED),
          Rule.of("llmnr-cut", Transport.LLMNR, MEDIUM, "plausible header on the port of LLMNR")
              .given(PORT_LLMNR, DNS_PLAUSIBLE),
          Rule.of("nbns", Transport.OTHER, HIGH, "NetBIOS names look like DNS and are not")
              .given(NBNS));

  private static final List<Rule> CLEAR =
      List.of(
          Rule.of("dnscrypt", Transport.DNSCRYPT, CERTAIN, "DNSCrypt's own magic bytes seen")
              .given(DNSCRYPT),
          Rule.of("dnscrypt-relay", Transport.DNSCRYPT, CERTAIN, "DNSCrypt that a relay passes on")
              .given(DNSCRYPT_RELAY),
          Rule.of("dnscrypt-query", Transport.DNSCRYPT, HIGH, "queries begin as a certificate says")
              .given(DNSCRYPT_MAGIC),
          Rule.of("doh-plain", Transport.DOH_PLAIN, CERTAIN, "HTTP in the clear carries DNS")
              .given(HTTP_DNS),
          Rule.of("do53-udp", Transport.DO53_UDP, CERTAIN, "DNS parsed on port 53")
              .given(UDP, PORT_53, DNS_PARSED),
          Rule.of("do53-udp-answered", Transport.DO53_UDP, CERTAIN, "query and response agree")
              .given(UDP, DNS_PARSED, DNS_ANSWERED),
          Rule.of("do53-udp-odd-port", Transport.DO53_UDP, HIGH, "DNS parsed strictly, one way")
              .given(UDP, DNS_PARSED),
          Rule.of("do53-udp-cut", Transport.DO53_UDP, MEDIUM, "plausible DNS header on port 53")
              .given(UDP, PORT_53, DNS_PLAUSIBLE),
          Rule.of("do53-tcp", Transport.DO53_TCP, CERTAIN, "framed DNS parsed on port 53")
              .given(TCP, PORT_53, DNS_PARSED),
          Rule.of("do53-tcp-answered", Transport.DO53_TCP, CERTAIN, "query and response agree")
              .given(TCP, DNS_PARSED, DNS_ANSWERED),
          Rule.of("do53-tcp-odd-port", Transport.DO53_TCP, HIGH, "framed DNS parsed, one way")
              .given(TCP, DNS_PARSED),
          Rule.of("do53-tcp-cut", Transport.DO53_TCP, MEDIUM, "plausible DNS header on port 53")
              .given(TCP, PORT_53, DNS_PLAUSIBLE));

  private static final List<Rule> QUIC_ROWS =
      List.of(
          Rule.of("relay", Transport.OTHER, HIGH, "a relay: DNS in it cannot be seen").given(RELAY),
          Rule.of("gquic", Transport.OTHER, HIGH, "Google QUIC never carried DNS").given(GQUIC),
          Rule.of("doq", Transport.DOQ, CERTAIN, "the client offers doq in QUIC")
              .given(QUIC_INITIAL, ALPN_DOQ),
          Rule.of("ech-quic", Transport.OTHER, LOW, "QUIC whose server name is hidden")
              .given(QUIC, ECH_OFFERED)
              .without(PORT_853),
          Rule.of("doh3", Transport.DOH3, HIGH, "HTTP/3 to a name that serves DNS alone")
              .given(QUIC, ALPN_H3, SNI_LISTED)
              .without(SNI_SHARED, SNI_TAIL, LIST_STALE),
          Rule.of("doh3-stale", Transport.DOH3, MEDIUM, "HTTP/3 to a DNS name whose entry ran out")
              .given(QUIC, ALPN_H3, SNI_LISTED, LIST_STALE)
              .without(SNI_SHARED, SNI_TAIL),
          Rule.of("doh3-shared", Transport.DOH3, MEDIUM, "HTTP/3 to a name that serves DNS and web")
              .given(QUIC, ALPN_H3, SNI_LISTED)
              .without(SNI_TAIL),
          Rule.of("doh3-tail", Transport.DOH3, LOW, "HTTP/3 to a name of the unverified tail")
              .given(QUIC, ALPN_H3, SNI_LISTED),
          Rule.of("doh3-address", Transport.DOH3, MEDIUM, "HTTP/3, no name, a resolver's address")
              .given(QUIC, ALPN_H3, SNI_ABSENT, ADDRESS_LISTED)
              .without(ADDRESS_SHARED, ADDRESS_TAIL, LIST_STALE),
          Rule.of("doh3-address-stale", Transport.DOH3, LOW, "HTTP/3, no name, a former address")
              .given(QUIC, ALPN_H3, SNI_ABSENT, ADDRESS_LISTED, LIST_STALE)
              .without(ADDRESS_SHARED, ADDRESS_TAIL),
          Rule.of("doh3-learned", Transport.DOH3, MEDIUM, "HTTP/3 to a server learned to take DoH")
              .given(QUIC, ALPN_H3, ADDRESS_LEARNED)
              .without(LEARNED_WEAK),
          Rule.of("doh3-learned-weak", Transport.DOH3, LOW, "HTTP/3, weak word of a DoH server")
              .given(QUIC, ALPN_H3, ADDRESS_LEARNED),
          Rule.of("doq-port", Transport.DOQ, HIGH, "QUIC on 853 that does not offer HTTP/3")
              .given(QUIC_INITIAL, PORT_853)
              .without(ALPN_H3, ALPN_FOREIGN),
          Rule.of("doq-port-header", Transport.DOQ, MEDIUM, "QUIC headers on 853, hello not read")
              .given(QUIC, PORT_853)
              .without(ALPN_H3, ALPN_FOREIGN),
          Rule.of("doq-learned", Transport.DOQ, MEDIUM, "QUIC to a port learned to take DoQ")
              .given(QUIC, ADDRESS_LEARNED)
              .without(ALPN_H3, ALPN_FOREIGN, LEARNED_WEAK),
          Rule.of("doq-draft-port", Transport.DOQ, LOW, "QUIC on a port of the DoQ drafts")
              .given(QUIC, PORT_DOQ_DRAFT)
              .without(ALPN_H3, ALPN_FOREIGN),
          Rule.of(
                  "doh3-unread",
                  Transport.DOH3,
                  LOW,
                  "QUIC to a resolver's address, hello not read")
              .given(QUIC, PORT_443, ADDRESS_LISTED)
              .without(SNI, SNI_ABSENT, ADDRESS_SHARED, ADDRESS_TAIL, LIST_STALE),
          Rule.of("suspected-quic", Transport.SUSPECTED, LOW, "HTTP/3 that behaves like DNS")
              .given(QUIC, ALPN_H3, BEHAVES_LIKE_DNS),
          Rule.of("quic", Transport.OTHER, HIGH, "QUIC with nothing that speaks for DNS")
              .given(QUIC));

  private static final List<Rule> TLS_ROWS =
      List.of(
          Rule.of("dot", Transport.DOT, CERTAIN, "the client offers dot in TLS")
              .given(TLS, ALPN_DOT),
          Rule.of("dot-server", Transport.DOT, CERTAIN, "the server chose dot in TLS")
              .given(TLS_SERVER, ALPN_DOT),
          Rule.of("dot-port", Transport.DOT, HIGH, "TLS on 853 that offers no other protocol")
              .given(TLS, PORT_853)
              .without(ALPN_H2, ALPN_HTTP1, ALPN_FOREIGN),
          Rule.of("dot-port-server", Transport.DOT, HIGH, "TLS answered on 853, client not seen")
              .given(TLS_SERVER, PORT_853)
              .without(TLS, ALPN_H2, ALPN_HTTP1, ALPN_FOREIGN),
          Rule.of("dot-midstream", Transport.DOT, MEDIUM, "TLS records on 853, start not seen")
              .given(TLS_RECORDS, PORT_853)
              .without(TLS),
          Rule.of("ech-tls", Transport.OTHER, LOW, "TLS whose server name is hidden")
              .given(TLS, ECH_OFFERED)
              .without(PORT_853),
          Rule.of("dot-listed-port", Transport.DOT, MEDIUM, "TLS on a port that is listed for DoT")
              .given(TLS, PORT_DOT_LISTED)
              .without(ALPN_H2, ALPN_HTTP1, ALPN_FOREIGN),
          Rule.of("dot-learned", Transport.DOT, MEDIUM, "TLS to a port learned to take DoT")
              .given(TLS, ADDRESS_LEARNED, LEARNED_DOT)
              .without(LEARNED_WEAK),
          Rule.of("dot-learned-weak", Transport.DOT, LOW, "TLS, weak word of a DoT server")
              .given(TLS, ADDRESS_LEARNED, LEARNED_DOT),
          Rule.of("doh", Transport.DOH, HIGH, "HTTPS to a name that serves DNS alone")
              .given(TLS, SNI_LISTED)
              .without(SNI_SHARED, SNI_TAIL, LIST_STALE, ALPN_FOREIGN, PORT_853),
          Rule.of("doh-stale", Transport.DOH, MEDIUM, "HTTPS to a DNS name whose entry ran out")
              .given(TLS, SNI_LISTED, LIST_STALE)
              .without(SNI_SHARED, SNI_TAIL, ALPN_FOREIGN, PORT_853),
          Rule.of("doh-shared", Transport.DOH, MEDIUM, "HTTPS to a name that serves DNS and web")
              .given(TLS, SNI_LISTED)
              .without(SNI_TAIL, ALPN_FOREIGN, PORT_853),
          Rule.of("doh-tail", Transport.DOH, LOW, "HTTPS to a name of the unverified tail")
              .given(TLS, SNI_LISTED)
              .without(ALPN_FOREIGN, PORT_853),
          Rule.of("doh-address", Transport.DOH, MEDIUM, "HTTPS, no name, a resolver's address")
              .given(TLS, SNI_ABSENT, ADDRESS_LISTED)
              .without(ADDRESS_SHARED, ADDRESS_TAIL, LIST_STALE, ALPN_FOREIGN, PORT_853),
          Rule.of("doh-certificate", Transport.DOH, MEDIUM, "HTTPS, no name, certificate for DNS")
              .given(TLS, SNI_ABSENT, CERTIFICATE_LISTED)
              .without(CERTIFICATE_SHARED, CERTIFICATE_TAIL, ALPN_FOREIGN, PORT_853),
          Rule.of("doh-certificate-shared", Transport.DOH, LOW, "HTTPS, no name, mixed certificate")
              .given(TLS, SNI_ABSENT, CERTIFICATE_LISTED)
              .without(CERTIFICATE_TAIL, ALPN_FOREIGN, PORT_853),
          Rule.of("doh-server", Transport.DOH, MEDIUM, "TLS answered, certificate for DNS")
              .given(TLS_SERVER, PORT_443, CERTIFICATE_LISTED)
              .without(TLS, CERTIFICATE_SHARED, CERTIFICATE_TAIL, ALPN_FOREIGN),
          Rule.of("doh-address-server", Transport.DOH, LOW, "TLS answered at a resolver's address")
              .given(TLS_SERVER, PORT_443, ADDRESS_LISTED)
              .without(TLS, ADDRESS_SHARED, ADDRESS_TAIL, ALPN_FOREIGN),
          Rule.of("doh-address-stale", Transport.DOH, LOW, "HTTPS, no name, a former address")
              .given(TLS, SNI_ABSENT, ADDRESS_LISTED, LIST_STALE)
              .without(ADDRESS_SHARED, ADDRESS_TAIL, ALPN_FOREIGN, PORT_853),
          Rule.of("doh-learned", Transport.DOH, MEDIUM, "HTTPS to a server learned to take DoH")
              .given(TLS, ADDRESS_LEARNED)
              .without(LEARNED_WEAK, ALPN_FOREIGN),
          Rule.of("doh-learned-weak", Transport.DOH, LOW, "HTTPS, weak word of a DoH server")
              .given(TLS, ADDRESS_LEARNED)
              .without(ALPN_FOREIGN),
          Rule.of("doh-midstream", Transport.DOH, LOW, "TLS records with a resolver's address")
              .given(TLS_RECORDS, ADDRESS_LISTED, PORT_443)
              .without(TLS, ADDRESS_SHARED, ADDRESS_TAIL),
          Rule.of("doh-unread", Transport.DOH, LOW, "TLS to a resolver's address, hello not read")
              .given(TLS, PORT_443, ADDRESS_LISTED)
              .without(SNI, SNI_ABSENT, ADDRESS_SHARED, ADDRESS_TAIL, LIST_STALE, ALPN_FOREIGN),
          Rule.of("suspected-tls", Transport.SUSPECTED, LOW, "HTTPS that behaves like DNS")
              .given(TLS, BEHAVES_LIKE_DNS)
              .without(MIDSTREAM, ALPN_FOREIGN, PORT_853),
          Rule.of("tls", Transport.OTHER, HIGH, "TLS with nothing that speaks for DNS").given(TLS));

  private static final Rule NOTHING =
      Rule.of("other", Transport.OTHER, LOW, "nothing speaks for DNS");

  private static final Rule[] TABLE = table();

  private Rules() {}

  private static Rule[] table() {
    return Stream.of(LOCAL, CLEAR, QUIC_ROWS, TLS_ROWS, List.of(NOTHING))
        .flatMap(List::stream)
        .toArray(Rule[]::new);
  }

  /** All rows in the order in which they are tried. */
  public static List<Rule> all() {
    return List.of(TABLE);
  }

  /**
   * The row that decides; the last row fits everything.
   *
   * @param evidence bits of {@link Evidence}
   */
  public static Rule decide(long evidence) {
    for (Rule rule : TABLE) {
      if (rule.fits(evidence)) {
        return rule;
      }
    }
    return NOTHING;
  }
}
