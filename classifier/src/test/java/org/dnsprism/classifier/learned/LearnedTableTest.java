// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointProtocol;
import org.junit.jupiter.api.Test;

class LearnedTableTest {
  private static final int BOUND = 64;

  private final LearnedTable empty = LearnedTable.empty(EndpointList.bundled(), BOUND);

  private static LearnedEndpoint server(long low, long time, long expiry) {
    return statement(low, LearnedSource.DESIGNATION, "a.example", "", time, expiry);
  }

  private static LearnedEndpoint statement(
      long low, LearnedSource source, String name, String listed, long time, long expiry) {
    int doh = LearnedEndpoint.bit(EndpointProtocol.DOH);
    return new LearnedEndpoint(
        0, low, 443, doh, source, false, false, name, listed, 0, 0, time, expiry);
  }

  private static LearnedNews news(List<LearnedEndpoint> endpoints) {
    return new LearnedNews(endpoints, List.of());
  }

  private static LearnedNews news(LearnedEndpoint... endpoints) {
    return news(List.of(endpoints));
  }

  private static boolean knows(LearnedTable table, long low) {
    return table.first(0, low, 443) >= 0;
  }

  @Test
  void knowsServerPortsAndNoOthers() {
    LearnedTable table = empty.with(news(server(5, 1, 9)), 1);
    assertTrue(knows(table, 5));
    assertEquals(-1, table.first(0, 5, 8443));
    assertEquals(-1, table.first(1, 5, 443));
    assertEquals(-1, table.first(0, 6, 443));
    assertFalse(knows(empty, 5));
  }

  @Test
  void addressesWithTheHighestBitAreFound() {
    LearnedTable table = empty;
    long[] values = {0, 1, Long.MIN_VALUE, -1, Long.MAX_VALUE, 0x2001_0db8_0000_0000L};
    List<LearnedEndpoint> all = new ArrayList<>();
    int doh = LearnedEndpoint.bit(EndpointProtocol.DOH);
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < 5; j++) {
        all.add(
            new LearnedEndpoint(
                values[i],
                values[j],
                443,
                doh,
                LearnedSource.ANSWER,
                false,
                false,
                "dns.google",
                "dns.google",
                0,
                0,
                1,
                9));
      }
    }
    table = table.with(news(all), 1);
    for (LearnedEndpoint each : all) {
      assertEquals(each, table.statement(table.first(each.high(), each.low(), 443)));
    }
  }

  @Test
  void statementsAreForgottenAtTheirExpiryAndCounted() {
    LearnedTable table = empty.with(news(server(5, 0, 100), server(6, 0, 200)), 1);
    assertSame(table, table.with(LearnedNews.NONE, 99));
    LearnedTable later = table.with(LearnedNews.NONE, 100);
    assertFalse(knows(later, 5));
    assertTrue(knows(later, 6));
    assertEquals(1, later.expired());
    assertEquals(1, later.size());
  }

  @Test
  void laterSightingExtendsLife() {
    LearnedTable table = empty.with(news(server(5, 0, 100)), 1).with(news(server(5, 50, 150)), 60);
    assertEquals(1, table.size());
    assertTrue(knows(table.with(LearnedNews.NONE, 149), 5));
    assertEquals(0, table.dropped());
  }

  @Test
  void newsThatAreOverTeachNothing() {
    assertEquals(0, empty.with(news(server(5, 0, 100)), 100).size());
  }

  @Test
  void orderOfNewsDoesNotMatter() {
    Random random = new Random(11);
    List<LearnedEndpoint> all = new ArrayList<>();
    for (int i = 0; i < 3 * BOUND; i++) {
      String name = "n" + random.nextInt(5) + ".example";
      all.add(
          statement(
              random.nextInt(BOUND), LearnedSource.SERVICE, name, "", random.nextInt(9), 1000));
    }
    LearnedTable one = empty.with(news(all), 10);
    Collections.shuffle(all, random);
    LearnedTable other = empty.with(news(all), 10);
    assertEquals(one.size(), other.size());
    assertEquals(one.dropped(), other.dropped());
    for (int i = 0; i < one.size(); i++) {
      assertEquals(one.statement(i), other.statement(i));
    }
  }

  @Test
  void strangersCannotDriveOutWhatIsKnown() {
    LearnedTable table = empty.with(news(server(Long.MAX_VALUE, 0, 1000)), 1);
    List<LearnedEndpoint> flood = new ArrayList<>();
    for (int i = 0; i < 2 * BOUND; i++) {
      flood.add(server(i, 1, 1000));
    }
    table = table.with(news(flood), 1);
    assertTrue(knows(table, Long.MAX_VALUE));
    assertEquals(BOUND / 2, table.size());
    assertEquals(2 * BOUND - (BOUND / 2 - 1), table.dropped());
  }

  @Test
  void halfOfTheRoomIsKeptForListedNames() {
    List<LearnedEndpoint> flood = new ArrayList<>();
    for (int i = 0; i < BOUND; i++) {
      flood.add(server(i, 1, 1000));
    }
    LearnedTable table = empty.with(news(flood), 1);
    List<LearnedEndpoint> listed = new ArrayList<>();
    for (int i = 0; i < BOUND; i++) {
      listed.add(statement(1000 + i, LearnedSource.ANSWER, "dns.google", "dns.google", 1, 1000));
    }
    table = table.with(news(listed), 1);
    assertEquals(BOUND, table.size());
    assertTrue(knows(table, 1000));
  }

  @Test
  void oneServerTakesNoMoreRoomThanItsShare() {
    List<LearnedEndpoint> flood = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      flood.add(statement(5, LearnedSource.SERVICE, "n" + i + ".example", "", 1, 1000));
    }
    LearnedTable table = empty.with(news(flood), 1);
    assertEquals(LearnedTable.MAX_PER_SERVER, table.size());
    assertEquals(20 - LearnedTable.MAX_PER_SERVER, table.dropped());
  }

  @Test
  void publicNamesOfEchAreKnownUntilTheyExpire() {
    byte[] name = "front.example".getBytes(StandardCharsets.US_ASCII);
    LearnedNews news =
        new LearnedNews(List.of(), List.of(new EchPublicName("front.example", 1, 9)));
    LearnedTable table = empty.with(news, 1);
    assertTrue(table.isEchPublicName(name, name.length));
    assertFalse(table.isEchPublicName(name, name.length - 1));
    assertFalse(table.with(LearnedNews.NONE, 9).isEchPublicName(name, name.length));
  }

  @Test
  void publicNamesAreBoundedAndKnownOnesStay() {
    byte[] name = "zz.example".getBytes(StandardCharsets.US_ASCII);
    LearnedTable table =
        empty.with(new LearnedNews(List.of(), List.of(new EchPublicName("zz.example", 1, 9))), 1);
    List<EchPublicName> flood = new ArrayList<>();
    for (int i = 0; i < 2 * PublicNames.CAPACITY; i++) {
      flood.add(new EchPublicName("n" + i + ".example", 1, 9));
    }
    table = table.with(new LearnedNews(List.of(), flood), 1);
    assertEquals(PublicNames.CAPACITY, table.echNames());
    assertTrue(table.isEchPublicName(name, name.length));
  }
}
