// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.verdict;

import static org.dnsprism.classifier.verdict.Evidence.*;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a kind of evidence presupposes and rules out, so that a set of evidence can be changed by
 * one kind and still be one that a flow could have.
 *
 * @param noun the fact as a noun, to follow "with" and "without"
 * @param needs kinds of which one must be there for this one to be; 0 for none
 * @param brings kinds that are there whenever this one is
 * @param displaces kinds that give way when this one comes
 * @param bars kinds beside which this one cannot come
 * @param leaves kinds that take its place when it goes
 */
record Premise(String noun, long needs, long brings, long displaces, long bars, long leaves) {
  /** Kinds that say what is in the packets; a flow has one of these protocols. */
  private static final long IS_DNS = bits(DNS_PARSED, DNS_PLAUSIBLE, DNS_ANSWERED);

  private static final long IS_TLS = bits(TLS, TLS_RECORDS, TLS_SERVER);
  private static final long IS_QUIC = bits(QUIC, QUIC_INITIAL);
  private static final long IS_DNSCRYPT = bits(DNSCRYPT, DNSCRYPT_RELAY, DNSCRYPT_MAGIC);
  private static final long CONTENTS =
      IS_DNS | IS_TLS | IS_QUIC | IS_DNSCRYPT | bits(GQUIC, HTTP_DNS, NBNS, NOT_DNS);

  /** Kinds that name the server's port: there is one. */
  static final long PORTS =
      bits(PORT_53, PORT_853, PORT_443, PORT_DOQ_DRAFT, PORT_MDNS, PORT_LLMNR);

  /** What was looked up for the port and the protocol of the flow. */
  static final long OF_ADDRESS =
      bits(ADDRESS_LISTED, ADDRESS_SHARED, ADDRESS_TAIL, ADDRESS_LEARNED, PORT_DOT_LISTED);

  private static final long HELLO = bits(TLS, QUIC_INITIAL);
  private static final long KNOWN_ALPN = bits(ALPN_DOT, ALPN_DOQ, ALPN_H2, ALPN_HTTP1, ALPN_H3);

  /** Seen or looked up only where the client sent no name. */
  private static final long NAMELESS =
      bits(SNI_ABSENT, CERTIFICATE_LISTED, CERTIFICATE_SHARED, CERTIFICATE_TAIL);

  private static final long ALWAYS = bits(UDP, TCP);

  /** What is learned of a server holds for the protocol that the flow would be. */
  static final long LEARNED = bits(ADDRESS_LEARNED, LEARNED_WEAK, LEARNED_DOT, SNI_LEARNED);

  private static final Map<Evidence, Premise> TABLE = table();

  private static Map<Evidence, Premise> table() {
    Map<Evidence, Premise> table = new EnumMap<>(Evidence.class);
    table.put(PORT_53, of("port 53").displacing(PORTS));
    table.put(PORT_853, of("port 853").displacing(PORTS));
    table.put(PORT_443, of("port 443").displacing(PORTS));
    table.put(PORT_DOQ_DRAFT, of("a port of the DoQ drafts").needing(UDP).displacing(PORTS));
    table.put(
        PORT_DOT_LISTED,
        of("a port listed for DoT").needing(TCP).displacing(bits(PORT_53, PORT_853)));
    // Multicast takes more than a port: nothing else becomes it.
    table.put(PORT_MDNS, of("the port of mDNS").barredBy(ALWAYS));
    table.put(PORT_LLMNR, of("the port of LLMNR").barredBy(ALWAYS));
    // Nor does any other server become a relay.
    table.put(RELAY, of("a relay as the server").barredBy(ALWAYS));
    addContents(table);
    addHello(table);
    addLookups(table);
    addLearned(table);
    return table;
  }

  private static void addContents(Map<Evidence, Premise> table) {
    table.put(
        DNS_PARSED,
        of("a DNS message that parses").barredBy(CONTENTS & ~IS_DNS).leaving(DNS_PLAUSIBLE));
    table.put(DNS_PLAUSIBLE, of("a plausible DNS header").barredBy(CONTENTS & ~IS_DNS));
    table.put(DNS_ANSWERED, of("a response that matches a query").needing(DNS_PARSED));
    table.put(
        TLS, of("a ClientHello").needing(TCP).barredBy(CONTENTS & ~IS_TLS).leaving(TLS_RECORDS));
    table.put(
        TLS_RECORDS, of("TLS records").needing(TCP).barredBy((CONTENTS & ~IS_TLS) | bits(TLS)));
    table.put(TLS_SERVER, of("a ServerHello").needing(TCP).barredBy(CONTENTS & ~IS_TLS));
    table.put(QUIC, of("a QUIC header").needing(UDP).barredBy(CONTENTS & ~IS_QUIC));
    table.put(
        QUIC_INITIAL,
        of("a decrypted QUIC Initial").needing(UDP).bringing(QUIC).barredBy(CONTENTS & ~IS_QUIC));
    table.put(GQUIC, of("Google QUIC").needing(UDP).barredBy(CONTENTS));
    table.put(NBNS, of("NetBIOS names").needing(UDP).barredBy(CONTENTS));
    table.put(
        DNSCRYPT, of("a DNSCrypt message").barredBy(CONTENTS & ~IS_DNSCRYPT & ~bits(NOT_DNS)));
    // What presupposes a relay or a certificate is taken away and never added.
    table.put(DNSCRYPT_RELAY, of("a DNSCrypt message for a relay").barredBy(ALWAYS));
    table.put(DNSCRYPT_MAGIC, of("the magic of a DNSCrypt certificate").barredBy(ALWAYS));
    table.put(
        HTTP_DNS, of("DNS in cleartext HTTP").needing(TCP).barredBy(CONTENTS & ~bits(NOT_DNS)));
  }

  private static void addHello(Map<Evidence, Premise> table) {
    table.put(ALPN_DOT, of("dot in ALPN").needing(TLS).displacing(ALPN_FOREIGN.bit()));
    table.put(ALPN_DOQ, of("doq in ALPN").needing(QUIC_INITIAL).displacing(ALPN_FOREIGN.bit()));
    table.put(ALPN_H2, http("h2 in ALPN"));
    table.put(ALPN_HTTP1, http("http/1.1 in ALPN"));
    table.put(ALPN_H3, of("h3 in ALPN").needing(QUIC_INITIAL).displacing(ALPN_FOREIGN.bit()));
    table.put(
        ALPN_FOREIGN, of("foreign protocols alone in ALPN").needing(HELLO).displacing(KNOWN_ALPN));
    // Absence of a name is offered as the name taken away.
    table.put(SNI, of("a server name").needing(HELLO).displacing(NAMELESS).leaving(SNI_ABSENT));
    table.put(
        ECH_OFFERED,
        of("a name hidden by Encrypted ClientHello").needing(SNI).displacing(SNI_LISTED.bit()));
  }

  private static void addLookups(Map<Evidence, Premise> table) {
    table.put(
        SNI_LISTED,
        of("a listed server name")
            .needing(HELLO)
            .bringing(SNI)
            .displacing(NAMELESS | bits(ECH_OFFERED, SNI_LEARNED)));
    table.put(SNI_SHARED, of("other content on the name").needing(SNI_LISTED));
    table.put(SNI_TAIL, of("the name in the unverified tail").needing(SNI_LISTED));
    table.put(
        CERTIFICATE_LISTED,
        of("a listed name in the certificate").needing(TLS_SERVER).barredBy(SNI.bit()));
    table.put(
        CERTIFICATE_SHARED, of("other content in the certificate").needing(CERTIFICATE_LISTED));
    table.put(
        CERTIFICATE_TAIL,
        of("the certificate's name in the unverified tail").needing(CERTIFICATE_LISTED));
    table.put(ADDRESS_LISTED, of("a listed address").displacing(LEARNED));
    table.put(ADDRESS_SHARED, of("other content on the address").needing(ADDRESS_LISTED));
    table.put(ADDRESS_TAIL, of("the address in the unverified tail").needing(ADDRESS_LISTED));
    table.put(MIDSTREAM, of("a start that was not captured").needing(TCP));
    table.put(BEHAVES_LIKE_DNS, of("exchanges that behave like DNS").needing(HELLO));
    table.put(
        LIST_STALE, of("a list entry that ran out").needing(bits(SNI_LISTED, ADDRESS_LISTED)));
  }

  private static void addLearned(Map<Evidence, Premise> table) {
    table.put(
        ADDRESS_LEARNED,
        of("a learned address")
            .needing(bits(SNI_ABSENT, SNI_LEARNED))
            .barredBy(ADDRESS_LISTED.bit()));
    table.put(LEARNED_WEAK, of("doubt in what was learned").needing(ADDRESS_LEARNED));
    table.put(
        LEARNED_DOT,
        of("a port learned for DoT")
            .needing(ADDRESS_LEARNED)
            .barredBy(bits(ALPN_H2, ALPN_HTTP1, QUIC)));
    // That a name was learned is never supposed: each name could have been.
    table.put(
        SNI_LEARNED,
        of("a learned server name").needing(SNI).bringing(ADDRESS_LEARNED).barredBy(ALWAYS));
  }

  private static Premise http(String noun) {
    return of(noun).needing(TLS).displacing(ALPN_FOREIGN.bit()).barredBy(LEARNED_DOT.bit());
  }

  /**
   * What is said of a kind.
   *
   * @throws IllegalArgumentException for the others, see {@link #known}
   */
  static Premise of(Evidence kind) {
    Premise premise = TABLE.get(kind);
    if (premise == null) {
      throw new IllegalArgumentException("nothing is said of " + kind.label());
    }
    return premise;
  }

  /** Whether anything is said of a kind: a flow could be with it and without it. */
  static boolean known(Evidence kind) {
    return TABLE.containsKey(kind);
  }

  private static Premise of(String noun) {
    return new Premise(noun, 0, 0, 0, 0, 0);
  }

  private Premise needing(Evidence kind) {
    return needing(kind.bit());
  }

  private Premise needing(long kinds) {
    return new Premise(noun, kinds, brings, displaces, bars, leaves);
  }

  private Premise bringing(Evidence kind) {
    return new Premise(noun, needs, kind.bit(), displaces, bars, leaves);
  }

  private Premise displacing(long kinds) {
    return new Premise(noun, needs, brings, kinds, bars, leaves);
  }

  private Premise barredBy(long kinds) {
    return new Premise(noun, needs, brings, displaces, kinds, leaves);
  }

  private Premise leaving(Evidence kind) {
    return new Premise(noun, needs, brings, displaces, bars, kind.bit());
  }

  /** Whether what the kind presupposes is in a set of evidence. */
  boolean met(long evidence) {
    return needs == 0 || (evidence & needs) != 0;
  }

  /** Whether what is there whenever the kind is, is in a set of evidence. */
  boolean accompanied(long evidence) {
    return (evidence & brings) == brings;
  }

  /** Whether the kind can come to a set of evidence. */
  boolean canJoin(long evidence) {
    return met(evidence) && (evidence & bars) == 0;
  }

  private static long bits(Evidence... kinds) {
    long bits = 0;
    for (Evidence kind : kinds) {
      bits |= kind.bit();
    }
    return bits;
  }
}
