// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.dnsprism.classifier.wire.Packet;
import org.junit.jupiter.api.Test;

/** The table against a {@link HashMap}, with good hashes and with the worst ones. */
class FlowTableTest {
  private static final int FLOWS = 900;
  private static final int BOUND = 700;
  private static final int ROUNDS = 20_000;
  private static final Peer SERVER = Peer.of("192.0.2.53", 53);

  private final Random random = new Random(41);
  private final List<Packet> packets = new ArrayList<>();
  private final List<Packet> answers = new ArrayList<>();

  FlowTableTest() {
    for (int i = 0; i < FLOWS; i++) {
      Peer client = Peer.numbered(i / 3, 1024 + i % 3);
      packets.add(Frames.udp(client, SERVER, i));
      answers.add(Frames.udp(SERVER, client, i));
    }
  }

  @Test
  void agreesWithAMapUnderItsOwnHash() {
    compare(i -> FlowKey.hash(packets.get(i), FlowKey.forward(packets.get(i)), 17));
  }

  @Test
  void agreesWithAMapWhenFewHashesAreShared() {
    compare(i -> (long) (i % 40) << 32);
  }

  @Test
  void agreesWithAMapWhenRunsWrapAroundTheEnd() {
    compare(i -> (long) (-1 - i % 5) << 32);
  }

  @Test
  void agreesWithAMapWhenAllHashesAreEqual() {
    compare(i -> -1L);
  }

  private void compare(IntToLongFunction hashes) {
    FlowTable table = new FlowTable(BOUND);
    Map<Integer, Integer> entries = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      int flow = random.nextInt(FLOWS);
      long hash = hashes.applyAsLong(flow);
      assertFound(table, entries, flow, hash);
      Integer entry = entries.get(flow);
      boolean shrinking = round / 4000 % 2 == 1;
      if (entry == null && entries.size() < BOUND && !(shrinking && random.nextInt(4) > 0)) {
        entries.put(flow, insert(table, flow, hash));
      } else if (entry != null && (shrinking || random.nextInt(4) == 0)) {
        table.remove(entry, hash);
        assertFalse(table.live(entry));
        entries.remove(flow);
      }
      assertEquals(entries.size(), table.size());
      assertEquals(entries.size() == BOUND, table.full());
    }
    for (int flow = 0; flow < FLOWS; flow++) {
      assertFound(table, entries, flow, hashes.applyAsLong(flow));
    }
    assertLive(table, entries);
  }

  private int insert(FlowTable table, int flow, long hash) {
    Packet packet = random.nextBoolean() ? packets.get(flow) : answers.get(flow);
    return table.insert(packet, FlowKey.forward(packet), hash);
  }

  private void assertFound(FlowTable table, Map<Integer, Integer> entries, int flow, long hash) {
    for (Packet packet : List.of(packets.get(flow), answers.get(flow))) {
      int expected = entries.getOrDefault(flow, -1);
      assertEquals(expected, table.find(packet, FlowKey.forward(packet), hash));
    }
  }

  private static void assertLive(FlowTable table, Map<Integer, Integer> entries) {
    HashSet<Integer> live = new HashSet<>();
    for (int entry = 0; entry < table.highWater(); entry++) {
      if (table.live(entry)) {
        live.add(entry);
      }
    }
    assertEquals(new HashSet<>(entries.values()), live);
    assertTrue(table.highWater() <= BOUND);
  }

  @Test
  void reachesItsBound() {
    FlowTable table = new FlowTable(BOUND);
    for (int i = 0; i < BOUND; i++) {
      assertFalse(table.full());
      table.insert(packets.get(i), FlowKey.forward(packets.get(i)), (long) i << 32);
    }
    assertTrue(table.full());
    assertEquals(BOUND, table.highWater());
  }

  @Test
  void aNewFlowFindsAnEmptyEntryOfAnotherGeneration() {
    FlowTable table = new FlowTable(1);
    Packet first = packets.get(0);
    Packet second = packets.get(1);
    int entry = table.insert(first, FlowKey.forward(first), 5);
    int key = FlowTable.base(entry) + FlowLayout.KEY;
    int generation = FlowLayout.generation(table.slab()[key]);
    for (int i = 0; i < FlowLayout.STRIDE; i++) {
      table.slab()[FlowTable.base(entry) + i] |= i == FlowLayout.KEY ? FlowLayout.RST : -1;
    }
    table.remove(entry, 5);
    assertEquals(entry, table.insert(second, FlowKey.forward(second), 6));
    assertNotEquals(generation, FlowLayout.generation(table.slab()[key]));
    assertEquals(0, table.slab()[key] & FlowLayout.RST);
    for (int i = FlowLayout.LAST; i < FlowLayout.STRIDE; i++) {
      assertEquals(0, table.slab()[FlowTable.base(entry) + i]);
    }
  }

  @Test
  void generationsWrapAroundWithoutTouchingTheKey() {
    FlowTable table = new FlowTable(1);
    Packet packet = packets.get(0);
    for (int i = 0; i < 5000; i++) {
      int entry = table.insert(packet, FlowKey.forward(packet), 5);
      long key = table.slab()[FlowTable.base(entry) + FlowLayout.KEY];
      assertEquals(i % 2048, FlowLayout.generation(key));
      assertEquals(FlowLayout.key(1024, 53, 17), key & FlowLayout.KEY_MASK);
      table.remove(entry, 5);
    }
  }
}
