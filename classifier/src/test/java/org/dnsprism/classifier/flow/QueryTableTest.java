// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueryTableTest {
  private static final int CAPACITY = 16;
  private static final long TIMEOUT = 100;

  private QueryTable table = new QueryTable(CAPACITY, TIMEOUT);
  private final List<Integer> givenUp = new ArrayList<>();

  private void add(int flow, int generation, int id, long name, long time) {
    table.add(flow, generation, id, name, time, (f, g) -> givenUp.add(f));
  }

  private void expire(long now) {
    table.expire(now, (f, g) -> givenUp.add(f));
  }

  @Test
  void responseMatchesByFlowGenerationIdAndName() {
    add(1, 0, 7, 70, 10);
    assertEquals(-1, table.answer(2, 0, 7, 70, false));
    assertEquals(-1, table.answer(1, 1, 7, 70, false));
    assertEquals(-1, table.answer(1, 0, 8, 70, false));
    assertEquals(-1, table.answer(1, 0, 7, 71, false));
    assertEquals(10, table.answer(1, 0, 7, 70, false));
    assertEquals(-1, table.answer(1, 0, 7, 70, false));
  }

  @Test
  void responseWithoutQuestionMatchesByIdAlone() {
    add(1, 0, 7, 70, 10);
    assertEquals(-1, table.answer(1, 0, 8, 0, true));
    assertEquals(10, table.answer(1, 0, 7, 0, true));
  }

  @Test
  void repeatedQueriesAreAnsweredOldestFirst() {
    add(1, 0, 7, 70, 10);
    add(1, 0, 7, 70, 20);
    add(1, 0, 7, 70, 30);
    assertEquals(10, table.answer(1, 0, 7, 70, false));
    assertEquals(20, table.answer(1, 0, 7, 70, false));
    assertEquals(30, table.answer(1, 0, 7, 70, false));
  }

  @Test
  void queryIsGivenUpAfterTheTimeout() {
    add(1, 0, 7, 70, 10);
    add(2, 0, 7, 70, 20);
    expire(10 + TIMEOUT);
    assertEquals(List.of(), givenUp);
    expire(11 + TIMEOUT);
    assertEquals(List.of(1), givenUp);
    assertEquals(-1, table.answer(1, 0, 7, 70, false));
    assertEquals(20, table.answer(2, 0, 7, 70, false));
    expire(1000);
    assertEquals(List.of(1), givenUp);
    assertEquals(0, table.evicted());
  }

  @Test
  void oldestIsGivenUpWhenFull() {
    for (int i = 0; i < CAPACITY + 3; i++) {
      add(i, 0, 7, 70, 10);
    }
    assertEquals(List.of(0, 1, 2), givenUp);
    assertEquals(3, table.evicted());
    assertEquals(-1, table.answer(2, 0, 7, 70, false));
    assertEquals(10, table.answer(3, 0, 7, 70, false));
  }

  /** A query as the oracle keeps it. */
  private record Query(int flow, int generation, int id, long name, long time) {}

  @Test
  void agreesWithAListOfQueries() {
    table = new QueryTable(8 * CAPACITY, TIMEOUT);
    Random random = new Random(45);
    List<Query> waiting = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    for (int round = 0; round < 20_000; round++) {
      int flow = random.nextInt(3);
      int generation = random.nextInt(2);
      int id = random.nextInt(3);
      long name = random.nextInt(2);
      boolean anyName = random.nextInt(5) == 0;
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          if (waiting.size() < CAPACITY / 2) {
            waiting.add(new Query(flow, generation, id, name, round));
            add(flow, generation, id, name, round);
          }
        }
        case 2, 3 ->
            assertEquals(
                answer(waiting, flow, generation, id, name, anyName),
                table.answer(flow, generation, id, name, anyName));
        default -> {
          while (!waiting.isEmpty() && round - waiting.get(0).time() > TIMEOUT / 10) {
            expected.add(waiting.remove(0).flow());
          }
          expire(round + TIMEOUT - TIMEOUT / 10);
        }
      }
      assertEquals(expected, givenUp);
      expected.clear();
      givenUp.clear();
    }
  }

  private static long answer(
      List<Query> waiting, int flow, int generation, int id, long name, boolean anyName) {
    for (Iterator<Query> all = waiting.iterator(); all.hasNext(); ) {
      Query q = all.next();
      boolean same = q.flow() == flow && q.generation() == generation && q.id() == id;
      if (same && (anyName || q.name() == name)) {
        all.remove();
        return q.time();
      }
    }
    return -1;
  }
}
