// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dnsprism.classifier.endpoint.AddressBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedServersTest {
  private static final int BOUND = 4096;
  private static final long DAY = TimeUnit.DAYS.toNanos(1);

  private final LearnedServers servers = new LearnedServers();

  private static LearnedServer server(long low, long timeNanos) {
    return new LearnedServer(0, low, 443, timeNanos);
  }

  @Test
  void knowsWhatWasAcceptedAndNotWhatWasNoted() {
    servers.note(server(5, 1));
    assertFalse(servers.knows(0, 5, 443));
    servers.accept(servers.takeFresh(), 1);
    assertTrue(servers.knows(0, 5, 443));
    assertFalse(servers.knows(0, 5, 8443));
    assertFalse(servers.knows(1, 5, 443));
    assertFalse(servers.knows(0, 6, 443));
    assertEquals(List.of(), servers.takeFresh());
  }

  @Test
  void addressesWithTheHighestBitAreFound() {
    List<LearnedServer> seen = new ArrayList<>();
    for (long high : new long[] {0, 1, Long.MIN_VALUE, -1, 0x2001_0db8_0000_0000L}) {
      for (long low : new long[] {0, 1, Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
        seen.add(new LearnedServer(high, low, 443, 1));
      }
    }
    servers.accept(seen, 1);
    for (LearnedServer s : seen) {
      assertTrue(servers.knows(s.high(), s.low(), 443));
    }
  }

  @Test
  void serverIsForgottenADayAfterItsLatestSighting() {
    servers.accept(List.of(server(5, 0), server(6, 0)), 0);
    servers.accept(List.of(server(5, DAY)), DAY);
    servers.accept(List.of(), DAY + 1);
    assertTrue(servers.knows(0, 5, 443));
    assertFalse(servers.knows(0, 6, 443));
    servers.accept(List.of(), 2 * DAY + 1);
    assertFalse(servers.knows(0, 5, 443));
  }

  @Test
  void orderOfSightingsDoesNotMatter() {
    LearnedServers other = new LearnedServers();
    servers.accept(List.of(server(5, 0), server(5, DAY), server(6, 3)), DAY);
    other.accept(List.of(server(6, 3), server(5, DAY), server(5, 0)), DAY);
    for (LearnedServers each : List.of(servers, other)) {
      each.accept(List.of(), DAY + 2);
      assertTrue(each.knows(0, 5, 443));
      assertTrue(each.knows(0, 6, 443));
    }
  }

  @Test
  void strangersCannotDriveOutWhatIsKnown() {
    servers.accept(List.of(server(Long.MAX_VALUE, 0)), 0);
    List<LearnedServer> flood = new ArrayList<>();
    for (int i = 0; i < 2 * BOUND; i++) {
      flood.add(server(i, 1));
    }
    servers.accept(flood, 1);
    assertTrue(servers.knows(0, Long.MAX_VALUE, 443));
    long known = flood.stream().filter(s -> servers.knows(0, s.low(), 443)).count();
    assertEquals(BOUND - 1, known);
    servers.accept(List.of(), DAY + 2);
    servers.accept(List.of(server(2 * BOUND, DAY)), DAY + 2);
    assertTrue(servers.knows(0, 2 * BOUND, 443));
  }

  @Test
  void notesAreBoundedAndEachServerNotedOnce() {
    for (int i = 0; i < 2 * BOUND; i++) {
      servers.note(server(i % (BOUND + 1), i));
    }
    assertEquals(BOUND, servers.takeFresh().size());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 443",
    "192.0.2.1:443, 192.0.2.1, 443",
    "192.0.2.1:8443, 192.0.2.1, 8443",
    "192.0.2.1:65535, 192.0.2.1, 65535",
    "[2001:db8::1], 2001:db8::1, 443",
    "[2001:DB8::1]:8443, 2001:db8::1, 8443"
  })
  void hostNamesAnAddress(String host, String address, int port) {
    LearnedServer server = LearnedServer.ofHost(host, 77);
    assertNotNull(server);
    assertEquals(address, text(server));
    assertEquals(port, server.port());
    assertEquals(77, server.timeNanos());
  }

  private static String text(LearnedServer server) {
    return new AddressBlock(server.high(), server.low(), 128).text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dns.example",
        "dns.example:443",
        "192.0.2.1:",
        "192.0.2.1:0",
        "192.0.2.1:65536",
        "192.0.2.1:99999",
        "192.0.2.1:-1",
        "192.0.2.256",
        "192.0.2",
        "192.0.2.1.1",
        "1.2.3.4.5.6.7",
        "0.0.0.0",
        "224.0.0.1",
        "2001:db8::1",
        "[2001:db8::1",
        "[::]",
        "[ff02::1]",
        "[fe80::1%eth0]",
        "[:::::]",
        "[192.0.2.1]",
        "[1.2.3.4.5]",
        " 192.0.2.1",
        "192.0.2.1 "
      })
  void rubbishNamesNone(String host) {
    assertNull(LearnedServer.ofHost(host, 0));
  }
}
