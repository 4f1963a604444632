// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointListTest {
  @Test
  void exactNameBeatsSuffixAndLongerSuffixBeatsShorter() throws Exception {
    EndpointList list =
        Lists.list(
            "suffix example.org A",
            "suffix dns.example.org B",
            "exact dns.example.org C",
            "exact special.dns.example.org D");
    assertEquals("suffix example.org", Lists.match(list, "example.org"));
    assertEquals("suffix example.org", Lists.match(list, "www.example.org"));
    assertEquals("exact dns.example.org", Lists.match(list, "dns.example.org"));
    assertEquals("suffix dns.example.org", Lists.match(list, "a.b.dns.example.org"));
    assertEquals("exact special.dns.example.org", Lists.match(list, "special.dns.example.org"));
    assertEquals("suffix dns.example.org", Lists.match(list, "x.special.dns.example.org"));
  }

  @Test
  void suffixMatchesAtLabelBoundariesOnly() throws Exception {
    EndpointList list = Lists.list("suffix example.org A", "exact one.example.net A");
    assertEquals("none", Lists.match(list, "badexample.org"));
    assertEquals("none", Lists.match(list, "example.org.evil.test"));
    assertEquals("none", Lists.match(list, "org"));
    assertEquals("none", Lists.match(list, "two.one.example.net"));
    assertEquals("none", Lists.match(list, "ne.example.net"));
  }

  @Test
  void oddNamesFindNothing() throws Exception {
    EndpointList list = Lists.list("suffix example.org A");
    assertEquals(-1, list.findName(new byte[0], 0, 0));
    assertEquals(-1, list.findName(new byte[400], 0, 400));
    assertEquals("none", Lists.match(list, "."));
    assertEquals("none", Lists.match(list, "..."));
    assertEquals("none", Lists.match(list, "example.org."));
  }

  @Test
  void addressBeatsPrefixAndLongerPrefixBeatsShorter() throws Exception {
    EndpointList list =
        Lists.list(
            "prefix 192.0.2.0/24 A",
            "prefix 192.0.2.128/25 B",
            "address 192.0.2.129 C",
            "prefix 2001:db8::/32 D",
            "prefix 2001:db8:1::/48 E",
            "address 2001:db8:1::53 F");
    assertEquals("prefix 192.0.2.0/24", Lists.match(list, "192.0.2.1"));
    assertEquals("prefix 192.0.2.128/25", Lists.match(list, "192.0.2.128"));
    assertEquals("address 192.0.2.129", Lists.match(list, "192.0.2.129"));
    assertEquals("none", Lists.match(list, "192.0.3.129"));
    assertEquals("prefix 2001:db8::/32", Lists.match(list, "2001:db8:2::53"));
    assertEquals("prefix 2001:db8:1::/48", Lists.match(list, "2001:db8:1::54"));
    assertEquals("address 2001:db8:1::53", Lists.match(list, "2001:db8:1::53"));
    assertEquals("address 192.0.2.129", Lists.match(list, "::ffff:192.0.2.129"));
    assertEquals("none", Lists.match(list, "::c000:281"));
  }

  @Test
  void whatTellsTheCustomerIsMasked() throws Exception {
    EndpointList list =
        Lists.list(
            "kind value operator customer_label",
            "suffix users.test A yes",
            "suffix open.test A no",
            "exact host.test A no",
            "prefix 192.0.2.0/24 A yes",
            "address 192.0.2.53 A no",
            "prefix 192.0.2.128/25 A no",
            "prefix 2001:db8:a::/96 A yes");
    assertEquals("192.0.2.0/24", told(list, "192.0.2.7"));
    assertEquals("192.0.2.53", told(list, "192.0.2.53"));
    assertEquals("192.0.2.129", told(list, "192.0.2.129"));
    assertEquals("2001:db8:a::/96", told(list, "2001:db8:a::c0:ffee"));
    assertEquals("*.users.test", told(list, "abc.users.test", "198.51.100.1"));
    assertEquals("users.test", told(list, "users.test", "192.0.2.7"));
    assertEquals("abc.open.test", told(list, "abc.open.test", "198.51.100.1"));
    assertEquals("host.test", told(list, "host.test", "192.0.2.7"));
    assertEquals("mine.example", told(list, "mine.example", "192.0.2.53"));
    assertEquals("nothing", told(list, "mine.example", "192.0.2.7"));
    assertEquals("nothing", told(list, "a".repeat(244) + ".users.test", "198.51.100.1"));
  }

  private static String told(EndpointList list, String address) {
    AddressBlock block = AddressText.parse(address);
    AddressBlock network = list.customerNetwork(block.high(), block.low());
    return network == null ? address : network.text();
  }

  private static String told(EndpointList list, String name, String address) {
    AddressBlock block = AddressText.parse(address);
    String tellable = list.tellableName(name, block.high(), block.low());
    return tellable == null ? "nothing" : tellable;
  }

  @Test
  void emptyListFindsNothing() throws Exception {
    EndpointList list = EndpointList.parse(List.of(Lists.source("empty", Lists.HEADER)));
    assertEquals(0, list.entries());
    assertEquals("none", Lists.match(list, "dns.google"));
    assertEquals("none", Lists.match(list, "8.8.8.8"));
    assertEquals(1, list.operatorCount());
    assertEquals(LocalDate.EPOCH, list.newestSource());
    assertThrows(IllegalArgumentException.class, () -> EndpointList.parse(List.of()));
  }

  @Test
  void userRuleReplacesBundledRuleOfTheSameKey() throws Exception {
    EndpointList list = Lists.onTopOfBundled("exact DNS.Google Ours");
    assertEquals("Ours", operatorOfName(list, "dns.google"));
    assertEquals("user", list.endpoint(Lists.findName(list, "dns.google")).source());
    assertEquals(EndpointList.bundled().entries(), list.entries());
    assertEquals("Google", operatorOfName(EndpointList.bundled(), "dns.google"));
  }

  @Test
  void userLineMayRemoveARule() throws Exception {
    EndpointList bundled = EndpointList.bundled();
    EndpointList list = Lists.onTopOfBundled("exact dns.google -", "exact never.listed.test -");
    assertEquals("none", Lists.match(list, "dns.google"));
    assertEquals(bundled.entries() - 1, list.entries());
    assertNotEquals(bundled.digest(), list.digest());
  }

  @Test
  void laterUserListWins() throws Exception {
    EndpointList list =
        EndpointList.bundledWith(
            List.of(
                Lists.source("one", Lists.HEADER, "exact r.test A", "exact s.test A"),
                Lists.source("two", Lists.HEADER, "exact r.test -", "exact s.test B")));
    assertEquals("none", Lists.match(list, "r.test"));
    assertEquals("B", operatorOfName(list, "s.test"));
    assertEquals(EndpointList.bundled().version(), list.version());
  }

  @Test
  void operatorsAreNumberedWithUnknownFirst() throws Exception {
    EndpointList list =
        Lists.list(
            "kind value operator operator_country",
            "exact a.test Zeta DE",
            "exact b.test unknown",
            "address 192.0.2.1 Alpha",
            "exact c.test Zeta");
    assertEquals(3, list.operatorCount());
    assertEquals("unknown", list.operator(0));
    assertEquals("ZZ", list.operatorCountry(0));
    assertEquals("Alpha", list.operator(1));
    assertEquals("ZZ", list.operatorCountry(1));
    assertEquals("Zeta", list.operator(2));
    assertEquals("DE", list.operatorCountry(2));
    assertEquals(0, list.operatorIndex(-1));
    assertEquals(0, list.operatorIndex(Lists.findName(list, "b.test")));
    assertEquals(1, list.operatorIndex(Lists.findAddress(list, "192.0.2.1")));
    assertEquals(2, list.operatorIndex(Lists.findName(list, "c.test")));
    assertEquals("DE", list.endpoint(Lists.findName(list, "c.test")).operatorCountry());
  }

  @Test
  void userRuleTakesTheSeatOfAKnownOperatorAndMayCorrectIt() throws Exception {
    EndpointList same = Lists.onTopOfBundled("exact r.test Quad9");
    assertEquals("CH", same.endpoint(Lists.findName(same, "r.test")).operatorCountry());
    EndpointList corrected =
        Lists.onTopOfBundled("kind value operator operator_country", "exact r.test Quad9 US");
    assertEquals("US", corrected.endpoint(Lists.findName(corrected, "r.test")).operatorCountry());
    int quad9 = corrected.operatorIndex(Lists.findName(corrected, "dns.quad9.net"));
    assertEquals("US", corrected.operatorCountry(quad9));
  }

  @Test
  void digestDependsOnMeaningOnly() throws Exception {
    EndpointList one =
        Lists.list(
            "kind value operator protocols",
            "exact a.test A dot,doh",
            "address 2001:db8::1 B",
            "prefix 192.0.2.0/24 C do53:53");
    EndpointList two =
        Lists.list(
            "kind operator value protocols",
            "# a comment",
            "prefix C 192.0.2.0/24 do53",
            "address B 2001:DB8:0:0::1",
            "exact A A.Test doh:443,dot:853");
    assertEquals(one.digest(), two.digest());
    assertTrue(one.digest().matches("[0-9a-f]{16}"), one.digest());
    EndpointList other =
        Lists.list(
            "kind value operator protocols",
            "exact a.test A dot,doh",
            "address 2001:db8::1 B",
            "prefix 192.0.2.0/24 C do53:54");
    assertNotEquals(one.digest(), other.digest());
  }

  private static String operatorOfName(EndpointList list, String name) {
    return list.operator(list.operatorIndex(Lists.findName(list, name)));
  }
}
