// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.verdict;

import static org.dnsprism.classifier.verdict.Evidence.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is expected here is read off the rows of the table by hand, row by its name. */
class AlternativesTest {
  private static long bits(Evidence... kinds) {
    return List.of(kinds).stream().mapToLong(Evidence::bit).reduce(0, (a, b) -> a | b);
  }

  /** Each alternative as its words and the row that would decide. */
  private static Set<String> of(Evidence... kinds) {
    return Alternatives.of(bits(kinds)).stream()
        .map(each -> each.words() + ": " + each.rule().name())
        .collect(Collectors.toSet());
  }

  @Test
  void tlsOnPort853RestsOnThePortAndOnWhatAlpnDoesNotSay() {
    assertEquals(
        Set.of(
            "without port 853: tls",
            "without a ClientHello: dot-midstream",
            "with a port listed for DoT: dot-listed-port",
            "with dot in ALPN: dot",
            "with h2 in ALPN: tls",
            "with http/1.1 in ALPN: tls",
            "with foreign protocols alone in ALPN: tls"),
        of(TCP, PORT_853, TLS, SNI));
  }

  @Test
  void namedHttpsWouldBeDohToAListedNameAndAnAddressDoesNotCount() {
    Set<String> found = of(TCP, PORT_443, TLS, ALPN_H2, SNI, ADDRESS_LISTED);
    assertTrue(found.contains("with a listed server name: doh"), found::toString);
    assertTrue(found.contains("without a server name: doh-address"), found::toString);
    assertTrue(found.contains("with dot in ALPN: dot"), found::toString);
    assertTrue(found.contains("without a ClientHello: doh-midstream"), found::toString);
    assertFalse(found.toString().contains("port 853"), "ALPN has h2, which is not DoT");
    assertFalse(found.toString().contains("DNS message"), "what is TLS is not DNS in the clear");
    assertFalse(found.toString().contains("certificate"), "a name of the client's is there");
  }

  @Test
  void aListedNameTakesThePlaceOfNoNameAndOfWhatIsLookedUpForWantOfOne() {
    long nameless = bits(TCP, PORT_443, TLS, TLS_SERVER, SNI_ABSENT, CERTIFICATE_LISTED);
    assertEquals(
        bits(TCP, PORT_443, TLS, TLS_SERVER, SNI, SNI_LISTED),
        Alternatives.with(SNI_LISTED, nameless));
    assertEquals("doh", Rules.decide(Alternatives.with(SNI_LISTED, nameless)).name());
  }

  @Test
  void whatLosesItsPremiseGoesToo() {
    long doh = bits(TCP, PORT_443, TLS, ALPN_H2, SNI, SNI_LISTED, SNI_SHARED, LIST_STALE);
    assertEquals(bits(TCP, PORT_443, TLS, ALPN_H2, SNI), Alternatives.without(SNI_LISTED, doh));
    assertEquals(bits(TCP, PORT_443, TLS_RECORDS), Alternatives.without(TLS, doh));
    long answered = bits(UDP, PORT_53, DNS_PARSED, DNS_ANSWERED);
    assertEquals(bits(UDP, PORT_53, DNS_PLAUSIBLE), Alternatives.without(DNS_PARSED, answered));
  }

  @Test
  void anAddressIsListedForAPortAndAnAgeIsThatOfTheEntryInUse() {
    long address = bits(TCP, PORT_443, TLS, SNI_ABSENT, ADDRESS_LISTED, LIST_STALE);
    assertEquals(bits(TCP, PORT_853, TLS, SNI_ABSENT), Alternatives.with(PORT_853, address));
    long both = bits(TCP, PORT_443, TLS, SNI, SNI_LISTED, ADDRESS_LISTED, LIST_STALE);
    assertEquals(
        bits(TCP, PORT_443, TLS, SNI_ABSENT, ADDRESS_LISTED), Alternatives.without(SNI, both));
  }

  @Test
  void multicastIsLeftAndNeverEntered() {
    assertTrue(
        of(UDP, PORT_MDNS, DNS_PARSED).contains("without the port of mDNS: do53-udp-odd-port"));
    assertEquals(
        Set.of(
            "without port 53: do53-udp-odd-port",
            "without a DNS message that parses: do53-udp-cut"),
        of(UDP, PORT_53, DNS_PARSED).stream()
            .filter(each -> each.startsWith("without"))
            .collect(Collectors.toSet()));
    assertFalse(of(UDP, PORT_53, DNS_PARSED).toString().contains("mDNS"));
  }

  @Test
  void whatTheVerdictRestsOnComesFirstAndNothingRecognisedLast() {
    List<Alternative> found = Alternatives.of(bits(TCP, PORT_443, TLS, ALPN_H2, SNI, SNI_LISTED));
    assertEquals("without a listed server name", found.get(0).words());
    assertEquals("tls", found.get(0).rule().name());
    assertEquals("other", found.get(found.size() - 1).rule().name());
  }

  /** What each row asks for, over either protocol, with everything that it offers. */
  @Test
  void noAlternativeContradictsItself() {
    for (Rule row : Rules.all()) {
      for (Evidence protocol : List.of(UDP, TCP)) {
        long evidence = (row.required() & ~bits(UDP, TCP)) | protocol.bit();
        Rule decided = Rules.decide(evidence);
        for (Alternative each : Alternatives.of(evidence)) {
          assertNotEquals(verdict(decided), verdict(each.rule()));
          long after =
              each.added()
                  ? Alternatives.with(each.kind(), evidence)
                  : Alternatives.without(each.kind(), evidence);
          assertEquals(each.added(), each.kind().in(after));
          assertEquals(protocol.bit(), after & bits(UDP, TCP), each.words());
          assertTrue(Long.bitCount(after & PORTS) <= 1, each.words());
          assertTrue(Long.bitCount(after & bits(SNI, SNI_ABSENT)) <= 1, each.words());
        }
      }
    }
  }

  private static final long PORTS =
      bits(PORT_53, PORT_853, PORT_443, PORT_DOQ_DRAFT, PORT_MDNS, PORT_LLMNR);

  private static String verdict(Rule rule) {
    return rule.transport() + " " + rule.confidence();
  }

  /** A kind that a rule asks for needs a line in {@link Premise}, or is one of these for good. */
  @Test
  void everyKindThatARuleAsksForHasItsPremise() {
    Set<Evidence> missing = EnumSet.noneOf(Evidence.class);
    for (Rule rule : Rules.all()) {
      missing.addAll(Rule.kinds(rule.required() | rule.excluded()));
    }
    missing.removeAll(Set.of(UDP, TCP, SNI_ABSENT));
    missing.removeIf(Premise::known);
    assertEquals(Set.of(), missing, "kinds to be declared in Premise");
  }
}
