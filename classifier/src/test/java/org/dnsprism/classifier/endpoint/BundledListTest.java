// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bundled data must be true to; the facts come from the operators' own pages. */
class BundledListTest {
  private static final String[] SPECIAL_NETWORKS = {
    "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24",
  };

  private final EndpointList list = EndpointList.bundled();

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, Google, US",
    "8.8.4.4, Google, US",
    "2001:4860:4860::8888, Google, US",
    "1.1.1.1, Cloudflare, US",
    "1.0.0.7, Cloudflare, US",
    "2606:4700:4700::1111, Cloudflare, US",
    "2606:4700:4700::64, Cloudflare, US",
    "9.9.9.9, Quad9, CH",
    "149.112.112.112, Quad9, CH",
    "2620:fe::fe, Quad9, CH",
    "45.90.28.77, NextDNS, US",
    "45.90.30.200, NextDNS, US",
    "2a07:a8c0::ab:cdef, NextDNS, US",
    "94.140.14.14, AdGuard, CY",
    "208.67.222.222, Cisco OpenDNS, US",
    "76.76.2.44, Control D, CA",
    "77.88.8.8, Yandex, RU",
    "223.5.5.5, AliDNS, CN",
    "185.228.168.9, CleanBrowsing, US",
  })
  void wellKnownAddressesAreDedicatedResolvers(String address, String operator, String country) {
    int index = Lists.findAddress(list, address);
    assertTrue(index >= 0, address);
    Endpoint endpoint = list.endpoint(index);
    assertEquals(operator, endpoint.operator());
    assertEquals(country, endpoint.operatorCountry());
    assertEquals(Sharing.DEDICATED, endpoint.sharing());
    assertTrue(endpoint.tier() != Tier.TAIL);
    assertTrue(endpoint.serves(EndpointProtocol.DO53, 53));
    assertEquals(operator, list.operator(list.operatorIndex(index)));
    assertEquals(country, list.operatorCountry(list.operatorIndex(index)));
  }

  @ParameterizedTest
  @CsvSource({
    "dns.quad9.net, Quad9, DEDICATED",
    "dns.google, Google, WEB",
    "one.one.one.one, Cloudflare, WEB",
    "mozilla.cloudflare-dns.com, Cloudflare, DEDICATED",
    "cloudflare-dns.com, Cloudflare, WEB",
    "dns.adguard-dns.com, AdGuard, DEDICATED",
    "doh.opendns.com, Cisco OpenDNS, DEDICATED",
    "doh.dns.apple.com, Apple, DEDICATED",
    "firefox.dns.nextdns.io, NextDNS, DEDICATED",
    "doh.xfinity.com, Comcast, DEDICATED",
    "odvr.nic.cz, CZ.NIC, DEDICATED",
  })
  void wellKnownNamesAreListed(String name, String operator, Sharing sharing) {
    Endpoint endpoint = list.endpoint(Lists.findName(list, name));
    assertEquals(operator, endpoint.operator());
    assertEquals(sharing, endpoint.sharing());
    assertEquals(Tier.CORE, endpoint.tier());
    assertTrue(endpoint.serves(EndpointProtocol.DOH, 443));
    assertFalse(endpoint.provenance().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "abc123.dns.nextdns.io, dns.nextdns.io",
    "laptop-abc123.dns1.nextdns.io, dns1.nextdns.io",
    "1a2b3c4d.d.adguard-dns.com, d.adguard-dns.com",
    "x1y2z3.dns.controld.com, dns.controld.com",
    "5u35p8m9i7.cloudflare-gateway.com, cloudflare-gateway.com",
  })
  void customersOwnNamesAreFoundByTheirSuffixOnly(String name, String suffix) {
    Endpoint endpoint = list.endpoint(Lists.findName(list, name));
    assertEquals(MatchKind.SUFFIX, endpoint.kind());
    assertEquals(suffix, endpoint.value());
    assertTrue(endpoint.customerLabel());
    assertTrue(endpoint.serves(EndpointProtocol.DOT, 853));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cdnjs.cloudflare.com",
        "www.cloudflare.com",
        "cloudflare-ech.com",
        "www.google.com",
        "google.com",
        "github.com",
        "nextdns.io",
        "my.nextdns.io",
        "www.opendns.com",
        "opendns.com",
        "www.quad9.net",
        "adguard.com",
        "captnemo.in",
        "appliedprivacy.net",
        "use-application-dns.net",
        "mask.icloud.com",
        "mask-h2.icloud.com",
        "odoh-relay.edgecompute.app",
        "www.apple.com",
        "dnsforfamily.com",
      })
  void websitesRelaysAndSignalsAreNotListed(String name) {
    assertEquals("none", Lists.match(list, name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "104.16.132.229",
        "104.16.248.249",
        "104.16.249.249",
        "172.67.188.244",
        "162.159.61.8",
        "2606:4700::6810:f8f9",
        "17.248.242.101",
        "185.199.108.153",
      })
  void addressesOfContentNetworksAreNeverDedicated(String address) {
    int index = Lists.findAddress(list, address);
    assertTrue(index < 0 || list.endpoint(index).sharing() == Sharing.SHARED, address);
  }

  @Test
  void endedServicesAreKeptWithTheirEnd() {
    Endpoint ended = list.endpoint(Lists.findName(list, "zero.dns0.eu"));
    assertEquals(LocalDate.of(2025, 10, 31), ended.validUntil());
    assertNull(list.endpoint(Lists.findName(list, "dns.quad9.net")).validUntil());
  }

  @Test
  void everyRuleIsWellFormed() {
    assertTrue(list.entries() > 4000, "rules: " + list.entries());
    Map<String, String> countries = new HashMap<>();
    for (int i = 0; i < list.entries(); i++) {
      Endpoint endpoint = list.endpoint(i);
      String value = endpoint.value();
      assertEquals(value, RuleKey.parse(endpoint.kind(), value).value());
      assertFalse(endpoint.services().isEmpty(), value);
      assertFalse(endpoint.provenance().isEmpty(), value);
      assertEquals(endpoint.operator(), list.operator(list.operatorIndex(i)));
      String country = countries.putIfAbsent(endpoint.operator(), endpoint.operatorCountry());
      assertTrue(country == null || country.equals(endpoint.operatorCountry()), value);
      LocalDate first = endpoint.firstSeen();
      LocalDate last = endpoint.lastSeen();
      assertTrue(first == null || (last != null && !first.isAfter(last)), value);
      if (endpoint.kind().isName()) {
        assertTrue(value.contains("."), value);
        assertEquals(i, Lists.findName(list, value), value);
      } else {
        assertGlobal(endpoint);
      }
    }
  }

  /** IANA special-purpose registry for IPv4 (RFC 6890); IPv6 global unicast is 2000::/3. */
  private static void assertGlobal(Endpoint endpoint) {
    String address = endpoint.value().replaceFirst("/.*", "");
    AddressBlock block = AddressText.parse(address);
    boolean special = false;
    for (String network : SPECIAL_NETWORKS) {
      AddressBlock reserved = AddressBlock.parsePrefix(network);
      special |= (block.low() & AddressBlock.lowMask(reserved.length())) == reserved.low();
    }
    if (block.isIpv4()) {
      assertFalse(special, address);
    } else {
      assertEquals(1, block.high() >>> 61, address);
      assertFalse(block.high() >>> 32 == 0x20010db8L, address);
    }
  }

  @Test
  void rulesAreSortedByKindAndValue() {
    for (int i = 1; i < list.entries(); i++) {
      Endpoint before = list.endpoint(i - 1);
      Endpoint after = list.endpoint(i);
      RuleKey key = new RuleKey(before.kind(), before.value());
      assertTrue(key.compareTo(new RuleKey(after.kind(), after.value())) < 0, after.value());
    }
  }

  @Test
  void listSaysHowOldItIs() {
    LocalDate built = LocalDate.parse(list.version());
    LocalDate staleAfter = list.staleAfter();
    assertNotNull(staleAfter);
    assertFalse(list.newestSource().isAfter(built));
    assertEquals(list.newestSource().plusYears(1), staleAfter);
  }
}
