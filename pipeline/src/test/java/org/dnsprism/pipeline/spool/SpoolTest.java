// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final long PLENTY = 1 << 30;
  private static final int VALUE_BYTES = 1000;

  @TempDir Path folder;

  private final Random random = new Random(5);

  @Test
  void recordsComeBackInOrderAlsoAfterItWasOpenedAgain() throws Exception {
    List<Entry> entries = new ArrayList<>();
    try (Spool spool = open(PLENTY)) {
      entries.addAll(entries(spool.firstId(), "flow", 0, 700));
      entries.addAll(entries(spool.firstId() + 700, "window", 0, 1));
      entries.addAll(entries(spool.firstId() + 701, "flow", 700, 5));
      assertEquals(List.of(), spool.append(entries.subList(0, 300), 0));
      assertEquals(List.of(), spool.append(entries.subList(300, entries.size()), 0));
    }
    try (Spool spool = open(PLENTY)) {
      assertSame(entries, spool.oldest(PLENTY));
      assertEquals(Map.of(source("flow"), 705L, source("window"), 1L), spool.counts());
      assertTrue(spool.firstId() > entries.get(entries.size() - 1).id(), "ids go on");
    }
  }

  @Test
  void whatWasSentIsGoneAlsoInTheMiddleOfAChunk() throws Exception {
    try (Spool spool = open(PLENTY)) {
      List<Entry> entries = entries(spool.firstId(), "flow", 0, 100);
      spool.append(entries, 0);
      spool.sentBelow(entries.get(42).id());
      assertSame(entries.subList(42, 100), spool.oldest(PLENTY));
      assertEquals(Map.of(source("flow"), 58L), spool.counts());
      spool.sentBelow(entries.get(99).id() + 1);
      assertFalse(spool.hasNext());
      assertTrue(spool.isEmpty());
      assertEquals(0, spool.bytes());
    }
  }

  @Test
  void theOldestFlowsAreGivenUpFirstAndWindowsLast() throws Exception {
    int most = 400 * VALUE_BYTES; // random bytes do not pack
    try (Spool spool = open(most)) {
      long id = spool.firstId();
      spool.append(entries(id, "window", 0, 100), 0);
      spool.append(entries(id + 100, "stats", 0, 100), 0);
      spool.append(entries(id + 200, "flow", 0, 100), 0);
      List<Discard> first = spool.append(entries(id + 300, "flow", 100, 100), 0);
      assertEquals(List.of(discard("flow", 0, 99)), first);
      List<Discard> second = spool.append(entries(id + 400, "stats", 100, 200), 0);
      assertEquals(List.of(discard("flow", 100, 199), discard("stats", 0, 99)), second);
      List<Discard> third = spool.append(entries(id + 600, "flow", 200, 100), 0);
      assertEquals(List.of(discard("flow", 200, 299)), third, "nothing there is worth less");
      assertEquals(Map.of(source("window"), 100L, source("stats"), 200L), spool.counts());
      assertTrue(spool.bytes() <= most);
      assertEquals(
          List.of(discard("flow", 0, 299), discard("stats", 0, 99)),
          spool.discards(),
          "what is to be told");
      spool.told(spool.discards());
      assertEquals(List.of(), spool.discards());
    }
  }

  @Test
  void whatIsBeingSentIsNotGivenUp() throws Exception {
    try (Spool spool = open(250 * VALUE_BYTES)) {
      List<Entry> entries = entries(spool.firstId(), "flow", 0, 300);
      spool.append(entries.subList(0, 100), 0);
      spool.append(entries.subList(100, 200), 0);
      long sending = entries.get(100).id();
      assertEquals(
          List.of(discard("flow", 100, 199)), spool.append(entries.subList(200, 300), sending));
      assertSame(entries.subList(0, 100), spool.oldest(1));
    }
  }

  @Test
  void aSpoolBelongsToOneAtATimeAndALeftOneIsTakenOver() throws Exception {
    Spool first = open(PLENTY);
    Spool second = open(PLENTY);
    assertNotEquals(first.folder().path(), second.folder().path());
    assertNotEquals(first.id(), second.id());
    second.append(entries(second.firstId(), "flow", 0, 3), 0);
    second.close();
    first.close();
    try (Spool third = open(PLENTY)) {
      assertEquals(second.id(), third.id(), "the one with records before an empty one");
    }
    try (Spool other = SpoolFolder.open(new SpoolSettings(folder, PLENTY), "elsewhere")) {
      assertTrue(other.isEmpty(), "not what waits for other brokers");
    }
  }

  @Test
  void whatWasSetApartComesBackBehindTheOthers() throws Exception {
    List<Entry> entries;
    try (Spool spool = open(PLENTY)) {
      entries = entries(spool.firstId(), "flow", 0, 10);
      spool.append(entries, 0);
      spool.setAside(entries.get(3));
      spool.sentBelow(entries.get(5).id());
      assertEquals(Map.of(source("flow"), 6L), spool.counts(), "five wait, one is apart");
    }
    try (Spool spool = open(PLENTY)) {
      spool.sentBelow(entries.get(5).id());
      spool.takeBackAside(spool.firstId());
      List<Long> numbers = spool.oldest(PLENTY).stream().map(Entry::seq).toList();
      assertEquals(List.of(5L, 6L, 7L, 8L, 9L, 3L), numbers);
      assertEquals(0, spool.asideCount());
    }
  }

  @Test
  void aBrokenFileIsSaidInOneLine() throws Exception {
    open(PLENTY).close();
    Files.writeString(folder.resolve("1/spool.db"), "no database at all, but long enough for one");
    SpoolException broken = assertThrows(SpoolException.class, () -> open(PLENTY));
    assertTrue(String.valueOf(broken.getMessage()).contains(folder.resolve("1").toString()));
  }

  private Spool open(long most) throws SpoolException {
    return SpoolFolder.open(new SpoolSettings(folder, most), "here");
  }

  private static Source source(String kind) {
    return new Source("agent", "run", kind);
  }

  private static Discard discard(String kind, long first, long last) {
    return new Discard(source(kind), first, last, Discard.Cause.SPOOL_FULL);
  }

  private List<Entry> entries(long firstId, String kind, long firstSeq, int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] value = new byte[VALUE_BYTES];
      random.nextBytes(value);
      entries.add(new Entry(firstId + i, source(kind), firstSeq + i, value));
    }
    return entries;
  }

  private static void assertSame(List<Entry> expected, List<Entry> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).id(), found.get(i).id());
      assertEquals(expected.get(i).source(), found.get(i).source());
      assertEquals(expected.get(i).seq(), found.get(i).seq());
      assertArrayEquals(expected.get(i).value(), found.get(i).value());
    }
  }
}
