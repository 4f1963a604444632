// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What lists on top of each other leave of each other's rules, dates and numbers. */
class ListLayersTest {
  private static final String DATED = "kind value operator sharing last_seen valid_until";

  private static long noon(String day) {
    long second = LocalDate.parse(day).atTime(12, 0).toEpochSecond(ZoneOffset.UTC);
    return TimeUnit.SECONDS.toNanos(second);
  }

  private static boolean stale(EndpointList list, String name, String day) {
    return list.stale(Lists.findName(list, name), noon(day));
  }

  @Test
  void rulesRunOutWithTheirListOrTheirService() throws Exception {
    EndpointSource source =
        new EndpointSource(
            "f",
            new StringReader(
                """
                # stale_after: 2024-06-30
                kind\tvalue\toperator\tvalid_until
                exact\truns.test\tA
                exact\tended.test\tA\t2024-01-31
                exact\tends.test\tA\t2030-01-31
                """));
    EndpointList list = EndpointList.parse(List.of(source));
    assertFalse(stale(list, "runs.test", "2024-06-30"));
    assertTrue(stale(list, "runs.test", "2024-07-01"));
    assertFalse(stale(list, "ended.test", "2024-01-31"));
    assertTrue(stale(list, "ended.test", "2024-02-01"));
    assertTrue(stale(list, "ends.test", "2024-07-01"));
    assertFalse(stale(list, "runs.test", "1969-12-31"));
  }

  @Test
  void listWithoutADateNeverRunsOut() throws Exception {
    EndpointList own = Lists.onTopOfBundled("exact dns.google Ours", "exact r.test Ours");
    assertFalse(stale(own, "dns.google", "2099-01-01"));
    assertFalse(stale(own, "r.test", "2099-01-01"));
    LocalDate staleAfter = Objects.requireNonNull(EndpointList.bundled().staleAfter());
    assertTrue(stale(own, "dns.quad9.net", staleAfter.plusDays(1).toString()));
    assertFalse(stale(own, "dns.quad9.net", staleAfter.toString()));
  }

  @Test
  void overlayAddsRulesAndRenewsDatesAndChangesNoJudgement() throws Exception {
    EndpointList bundled = EndpointList.bundled();
    EndpointSource overlay =
        Lists.source(
            "overlay",
            DATED,
            "exact dns.google Thief dedicated 2028-02-03",
            "exact dns.quad9.net Quad9 dedicated 2001-01-01",
            "address 192.0.2.53 Quad9 shared 2028-02-03");
    EndpointList list = EndpointList.bundledWith(overlay, List.of());
    Endpoint before = bundled.endpoint(Lists.findName(bundled, "dns.google"));
    Endpoint renewed = list.endpoint(Lists.findName(list, "dns.google"));
    assertEquals(before.withLastSeen(LocalDate.parse("2028-02-03")), renewed);
    assertFalse(stale(list, "dns.google", "2029-02-02"));
    assertTrue(stale(list, "dns.google", "2029-02-03"));
    assertEquals(
        bundled.endpoint(Lists.findName(bundled, "dns.quad9.net")),
        list.endpoint(Lists.findName(list, "dns.quad9.net")));
    Endpoint added = list.endpoint(Lists.findAddress(list, "192.0.2.53"));
    assertEquals(Sharing.SHARED, added.sharing());
    assertEquals("CH", added.operatorCountry());
    assertEquals(bundled.entries() + 1, list.entries());
  }

  @Test
  void userListsWinOverTheOverlay() throws Exception {
    EndpointSource overlay =
        Lists.source("overlay", Lists.HEADER, "address 192.0.2.1 Quad9", "address 192.0.2.2 Quad9");
    EndpointSource user =
        Lists.source("user", Lists.HEADER, "address 192.0.2.1 Ours", "address 192.0.2.2 -");
    EndpointList list = EndpointList.bundledWith(overlay, List.of(user));
    assertEquals("Ours", list.endpoint(Lists.findAddress(list, "192.0.2.1")).operator());
    assertEquals("none", Lists.match(list, "192.0.2.2"));
  }

  @Test
  void listInPlaceOfAnotherKeepsTheNumbersOfOperators() throws Exception {
    EndpointList first =
        Lists.list(
            "kind value operator operator_country", "exact a.test Beta DE", "exact b.test D");
    EndpointList second =
        Lists.list(
                "kind value operator operator_country", "exact a.test Alpha", "exact c.test D FR")
            .after(first);
    EndpointList third = Lists.list("exact a.test Gamma").after(second);
    assertEquals(List.of("unknown", "Beta", "D", "Alpha"), operators(second));
    assertEquals(List.of("ZZ", "DE", "FR", "ZZ"), countries(second));
    assertEquals(3, second.operatorIndex(Lists.findName(second, "a.test")));
    assertEquals(2, second.operatorIndex(Lists.findName(second, "c.test")));
    assertEquals(List.of("unknown", "Beta", "D", "Alpha", "Gamma"), operators(third));
    assertEquals(List.of("ZZ", "DE", "FR", "ZZ", "ZZ"), countries(third));
    assertEquals(4, third.operatorIndex(Lists.findName(third, "a.test")));
  }

  private static List<String> operators(EndpointList list) {
    return IntStream.range(0, list.operatorCount()).mapToObj(list::operator).toList();
  }

  private static List<String> countries(EndpointList list) {
    return IntStream.range(0, list.operatorCount()).mapToObj(list::operatorCountry).toList();
  }
}
