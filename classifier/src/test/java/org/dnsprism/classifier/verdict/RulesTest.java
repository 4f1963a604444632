// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.verdict;

import static org.dnsprism.classifier.verdict.Evidence.ADDRESS_LEARNED;
import static org.dnsprism.classifier.verdict.Evidence.ADDRESS_LISTED;
import static org.dnsprism.classifier.verdict.Evidence.ALPN_DOQ;
import static org.dnsprism.classifier.verdict.Evidence.ALPN_DOT;
import static org.dnsprism.classifier.verdict.Evidence.ALPN_FOREIGN;
import static org.dnsprism.classifier.verdict.Evidence.ALPN_H2;
import static org.dnsprism.classifier.verdict.Evidence.ALPN_H3;
import static org.dnsprism.classifier.verdict.Evidence.BEHAVES_LIKE_DNS;
import static org.dnsprism.classifier.verdict.Evidence.CERTIFICATE_LISTED;
import static org.dnsprism.classifier.verdict.Evidence.CERTIFICATE_SHARED;
import static org.dnsprism.classifier.verdict.Evidence.DNSCRYPT;
import static org.dnsprism.classifier.verdict.Evidence.DNSCRYPT_MAGIC;
import static org.dnsprism.classifier.verdict.Evidence.DNSCRYPT_RELAY;
import static org.dnsprism.classifier.verdict.Evidence.DNS_ANSWERED;
import static org.dnsprism.classifier.verdict.Evidence.DNS_PARSED;
import static org.dnsprism.classifier.verdict.Evidence.DNS_PLAUSIBLE;
import static org.dnsprism.classifier.verdict.Evidence.ECH;
import static org.dnsprism.classifier.verdict.Evidence.ECH_OFFERED;
import static org.dnsprism.classifier.verdict.Evidence.GQUIC;
import static org.dnsprism.classifier.verdict.Evidence.HTTP_DNS;
import static org.dnsprism.classifier.verdict.Evidence.LEARNED_DOT;
import static org.dnsprism.classifier.verdict.Evidence.LEARNED_WEAK;
import static org.dnsprism.classifier.verdict.Evidence.LIST_STALE;
import static org.dnsprism.classifier.verdict.Evidence.MIDSTREAM;
import static org.dnsprism.classifier.verdict.Evidence.NBNS;
import static org.dnsprism.classifier.verdict.Evidence.NOT_DNS;
import static org.dnsprism.classifier.verdict.Evidence.PORT_443;
import static org.dnsprism.classifier.verdict.Evidence.PORT_53;
import static org.dnsprism.classifier.verdict.Evidence.PORT_853;
import static org.dnsprism.classifier.verdict.Evidence.PORT_DOQ_DRAFT;
import static org.dnsprism.classifier.verdict.Evidence.PORT_DOT_LISTED;
import static org.dnsprism.classifier.verdict.Evidence.PORT_LLMNR;
import static org.dnsprism.classifier.verdict.Evidence.PORT_MDNS;
import static org.dnsprism.classifier.verdict.Evidence.QUIC;
import static org.dnsprism.classifier.verdict.Evidence.QUIC_INITIAL;
import static org.dnsprism.classifier.verdict.Evidence.RELAY;
import static org.dnsprism.classifier.verdict.Evidence.SNI;
import static org.dnsprism.classifier.verdict.Evidence.SNI_ABSENT;
import static org.dnsprism.classifier.verdict.Evidence.SNI_LISTED;
import static org.dnsprism.classifier.verdict.Evidence.SNI_SHARED;
import static org.dnsprism.classifier.verdict.Evidence.SNI_TAIL;
import static org.dnsprism.classifier.verdict.Evidence.TCP;
import static org.dnsprism.classifier.verdict.Evidence.TLS;
import static org.dnsprism.classifier.verdict.Evidence.TLS_RECORDS;
import static org.dnsprism.classifier.verdict.Evidence.TLS_SERVER;
import static org.dnsprism.classifier.verdict.Evidence.UDP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesTest {
  /** One flow as it is met for each row, in the order of the table. */
  private static final List<Map.Entry<String, Set<Evidence>>> EXAMPLES =
      List.of(
          Map.entry("mdns", Set.of(UDP, PORT_MDNS, DNS_PARSED)),
          Map.entry("mdns-cut", Set.of(UDP, PORT_MDNS, DNS_PLAUSIBLE)),
          Map.entry("llmnr", Set.of(UDP, PORT_LLMNR, DNS_PARSED)),
          Map.entry("llmnr-cut", Set.of(UDP, PORT_LLMNR, DNS_PLAUSIBLE)),
          Map.entry("nbns", Set.of(UDP, NBNS, NOT_DNS)),
          Map.entry("dnscrypt", Set.of(UDP, PORT_443, DNSCRYPT)),
          Map.entry("dnscrypt-relay", Set.of(UDP, PORT_443, DNSCRYPT_RELAY)),
          Map.entry("dnscrypt-query", Set.of(UDP, PORT_443, DNSCRYPT_MAGIC)),
          Map.entry("doh-plain", Set.of(TCP, HTTP_DNS)),
          Map.entry("do53-udp", Set.of(UDP, PORT_53, DNS_PARSED, ADDRESS_LISTED)),
          Map.entry("do53-udp-answered", Set.of(UDP, DNS_PARSED, DNS_ANSWERED)),
          Map.entry("do53-udp-odd-port", Set.of(UDP, DNS_PARSED)),
          Map.entry("do53-udp-cut", Set.of(UDP, PORT_53, DNS_PLAUSIBLE)),
          Map.entry("do53-tcp", Set.of(TCP, PORT_53, DNS_PARSED, DNS_ANSWERED)),
          Map.entry("do53-tcp-answered", Set.of(TCP, DNS_PARSED, DNS_ANSWERED)),
          Map.entry("do53-tcp-odd-port", Set.of(TCP, DNS_PARSED)),
          Map.entry("do53-tcp-cut", Set.of(TCP, PORT_53, DNS_PLAUSIBLE)),
          Map.entry("relay", Set.of(UDP, PORT_443, QUIC, QUIC_INITIAL, ALPN_H3, SNI, RELAY)),
          Map.entry("gquic", Set.of(UDP, PORT_443, QUIC, GQUIC)),
          Map.entry("doq", Set.of(UDP, PORT_853, QUIC, QUIC_INITIAL, ALPN_DOQ, SNI)),
          Map.entry("ech-quic", Set.of(UDP, PORT_443, QUIC, ALPN_H3, SNI, ECH, ECH_OFFERED)),
          Map.entry("doh3", Set.of(UDP, PORT_443, QUIC, ALPN_H3, SNI, SNI_LISTED)),
          Map.entry("doh3-stale", Set.of(UDP, QUIC, ALPN_H3, SNI, SNI_LISTED, LIST_STALE)),
          Map.entry("doh3-shared", Set.of(UDP, QUIC, ALPN_H3, SNI, SNI_LISTED, SNI_SHARED)),
          Map.entry("doh3-tail", Set.of(UDP, QUIC, ALPN_H3, SNI, SNI_LISTED, SNI_TAIL)),
          Map.entry("doh3-address", Set.of(UDP, QUIC, ALPN_H3, SNI_ABSENT, ADDRESS_LISTED)),
          Map.entry(
              "doh3-address-stale",
              Set.of(UDP, QUIC, ALPN_H3, SNI_ABSENT, ADDRESS_LISTED, LIST_STALE)),
          Map.entry("doh3-learned", Set.of(UDP, QUIC, ALPN_H3, SNI_ABSENT, ADDRESS_LEARNED)),
          Map.entry("doh3-learned-weak", Set.of(QUIC, ALPN_H3, ADDRESS_LEARNED, LEARNED_WEAK)),
          Map.entry("doq-port", Set.of(UDP, PORT_853, QUIC, QUIC_INITIAL)),
          Map.entry("doq-port-header", Set.of(UDP, PORT_853, QUIC)),
          Map.entry("doq-learned", Set.of(UDP, QUIC, ADDRESS_LEARNED)),
          Map.entry("doq-draft-port", Set.of(UDP, PORT_DOQ_DRAFT, QUIC)),
          Map.entry("doh3-unread", Set.of(UDP, PORT_443, QUIC, ADDRESS_LISTED)),
          Map.entry("suspected-quic", Set.of(UDP, QUIC, ALPN_H3, SNI, BEHAVES_LIKE_DNS)),
          Map.entry("quic", Set.of(UDP, PORT_443, QUIC, QUIC_INITIAL, ALPN_H3, SNI)),
          Map.entry("dot", Set.of(TCP, PORT_853, TLS, ALPN_DOT)),
          Map.entry("dot-server", Set.of(TCP, PORT_443, TLS_SERVER, ALPN_DOT)),
          Map.entry("dot-port", Set.of(TCP, PORT_853, TLS, SNI)),
          Map.entry("dot-port-server", Set.of(TCP, PORT_853, TLS_SERVER)),
          Map.entry("dot-midstream", Set.of(TCP, PORT_853, TLS_RECORDS, MIDSTREAM)),
          Map.entry("ech-tls", Set.of(TCP, PORT_443, TLS, ALPN_H2, SNI, ECH, ECH_OFFERED)),
          Map.entry("dot-listed-port", Set.of(TCP, PORT_DOT_LISTED, TLS, SNI, SNI_LISTED)),
          Map.entry("dot-learned", Set.of(TCP, TLS, ADDRESS_LEARNED, LEARNED_DOT)),
          Map.entry("dot-learned-weak", Set.of(TLS, ADDRESS_LEARNED, LEARNED_DOT, LEARNED_WEAK)),
          Map.entry("doh", Set.of(TCP, PORT_443, TLS, ALPN_H2, SNI, SNI_LISTED)),
          Map.entry("doh-stale", Set.of(TCP, PORT_443, TLS, SNI, SNI_LISTED, LIST_STALE)),
          Map.entry("doh-shared", Set.of(TCP, TLS, ALPN_H2, SNI, SNI_LISTED, SNI_SHARED)),
          Map.entry("doh-tail", Set.of(TCP, TLS, ALPN_H2, SNI, SNI_LISTED, SNI_TAIL)),
          Map.entry("doh-address", Set.of(TCP, TLS, ALPN_H2, SNI_ABSENT, ADDRESS_LISTED)),
          Map.entry("doh-certificate", Set.of(TCP, TLS, ALPN_H2, SNI_ABSENT, CERTIFICATE_LISTED)),
          Map.entry(
              "doh-certificate-shared",
              Set.of(TCP, TLS, ALPN_H2, SNI_ABSENT, CERTIFICATE_LISTED, CERTIFICATE_SHARED)),
          Map.entry("doh-server", Set.of(TCP, PORT_443, TLS_SERVER, CERTIFICATE_LISTED)),
          Map.entry("doh-address-server", Set.of(TCP, PORT_443, TLS_SERVER, ADDRESS_LISTED)),
          Map.entry("doh-address-stale", Set.of(TCP, TLS, SNI_ABSENT, ADDRESS_LISTED, LIST_STALE)),
          Map.entry("doh-learned", Set.of(TCP, TLS, ALPN_H2, SNI_ABSENT, ADDRESS_LEARNED)),
          Map.entry("doh-learned-weak", Set.of(TLS, ALPN_H2, ADDRESS_LEARNED, LEARNED_WEAK)),
          Map.entry("doh-midstream", Set.of(TCP, PORT_443, TLS_RECORDS, ADDRESS_LISTED)),
          Map.entry("doh-unread", Set.of(TCP, PORT_443, TLS, ADDRESS_LISTED)),
          Map.entry("suspected-tls", Set.of(TCP, TLS, ALPN_H2, SNI, BEHAVES_LIKE_DNS)),
          Map.entry("tls", Set.of(TCP, PORT_443, TLS, ALPN_H2, SNI)),
          Map.entry("other", Set.of(TCP, PORT_443, NOT_DNS)));

  private static long bits(Set<Evidence> kinds) {
    return kinds.stream().mapToLong(Evidence::bit).reduce(0, (a, b) -> a | b);
  }

  @Test
  void everyRowDecidesItsExample() {
    List<String> decided =
        EXAMPLES.stream().map(e -> Rules.decide(bits(e.getValue())).name()).toList();
    assertEquals(EXAMPLES.stream().map(Map.Entry::getKey).toList(), decided);
    assertEquals(Rules.all().stream().map(Rule::name).toList(), decided);
  }

  @Test
  void rowsAreWellFormed() {
    assertEquals(Rules.all().size(), Rules.all().stream().map(Rule::name).distinct().count());
    for (Rule rule : Rules.all()) {
      assertEquals(0, rule.required() & rule.excluded(), rule.name());
      assertFalse(rule.why().isBlank());
    }
    assertTrue(Rules.all().get(Rules.all().size() - 1).fits(0));
    assertTrue(Rules.all().get(Rules.all().size() - 1).fits(-1));
  }

  @Test
  void anyEvidenceIsDecidedByTheFirstRowThatFits() {
    Random random = new Random(47);
    for (int i = 0; i < 20_000; i++) {
      long evidence = 0;
      for (int bits = random.nextInt(12); bits > 0; bits--) {
        evidence |= 1L << random.nextInt(Evidence.values().length);
      }
      Rule decided = Rules.decide(evidence);
      List<Rule> before = Rules.all().subList(0, Rules.all().indexOf(decided));
      Set<Evidence> kinds = kinds(evidence);
      assertTrue(holds(decided, kinds));
      assertTrue(before.stream().noneMatch(rule -> holds(rule, kinds)));
    }
  }

  private static Set<Evidence> kinds(long evidence) {
    return Stream.of(Evidence.values()).filter(k -> k.in(evidence)).collect(Collectors.toSet());
  }

  /** What a row means, by sets. */
  private static boolean holds(Rule rule, Set<Evidence> kinds) {
    return kinds.containsAll(kinds(rule.required()))
        && kinds(rule.excluded()).stream().noneMatch(kinds::contains);
  }

  @Test
  void encryptedVerdictsNeedMoreThanAPort() {
    Set<Evidence> ports = Set.of(PORT_53, PORT_853, PORT_443, PORT_DOQ_DRAFT);
    for (Evidence protocol : List.of(UDP, TCP)) {
      assertEquals(Transport.OTHER, Rules.decide(protocol.bit() | bits(ports)).transport());
    }
  }

  @Test
  void hiddenNameIsNoDohWhateverItsFrontIs() {
    Set<Evidence> tls = Set.of(TCP, PORT_443, TLS, ALPN_H2, SNI, SNI_LISTED, ECH, ECH_OFFERED);
    assertEquals("ech-tls", Rules.decide(bits(tls)).name());
    Set<Evidence> quic = Set.of(UDP, PORT_443, QUIC, ALPN_H3, SNI, SNI_LISTED, ECH, ECH_OFFERED);
    assertEquals("ech-quic", Rules.decide(bits(quic)).name());
    Set<Evidence> dot = Set.of(TCP, PORT_853, TLS, SNI, ECH, ECH_OFFERED);
    assertEquals("dot-port", Rules.decide(bits(dot)).name());
  }

  @Test
  void ageOfTheListLowersConfidenceAndLeavesTheTransport() {
    Set<Evidence> name = Set.of(TCP, PORT_443, TLS, ALPN_H2, SNI, SNI_LISTED);
    Set<Evidence> http3 = Set.of(UDP, PORT_443, QUIC, ALPN_H3, SNI, SNI_LISTED);
    Set<Evidence> address = Set.of(TCP, PORT_443, TLS, ALPN_H2, SNI_ABSENT, ADDRESS_LISTED);
    for (Set<Evidence> fresh : List.of(name, http3, address)) {
      Rule before = Rules.decide(bits(fresh));
      Rule after = Rules.decide(bits(fresh) | LIST_STALE.bit());
      assertEquals(before.transport(), after.transport());
      assertEquals(before.confidence().ordinal() - 1, after.confidence().ordinal());
    }
    Set<Evidence> clear = Set.of(UDP, PORT_53, DNS_PARSED, ADDRESS_LISTED, LIST_STALE);
    assertEquals("do53-udp", Rules.decide(bits(clear)).name());
  }

  @Test
  void listedAddressSaysNothingOfNamedOrForeignTls() {
    Set<Evidence> named = Set.of(TCP, PORT_443, TLS, ALPN_H2, SNI, ADDRESS_LISTED);
    assertEquals("tls", Rules.decide(bits(named)).name());
    Set<Evidence> foreign = Set.of(TCP, PORT_443, TLS, ALPN_FOREIGN, SNI, SNI_LISTED);
    assertEquals("tls", Rules.decide(bits(foreign)).name());
    Set<Evidence> certified = Set.of(TCP, PORT_443, TLS, ALPN_H2, SNI, CERTIFICATE_LISTED);
    assertEquals("tls", Rules.decide(bits(certified)).name());
    Set<Evidence> webOn853 = Set.of(TCP, PORT_853, TLS, ALPN_H2, SNI, SNI_LISTED);
    assertEquals("tls", Rules.decide(bits(webOn853)).name());
  }
}
