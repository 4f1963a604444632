// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteRangesTest {
  @Test
  void behavesLikeABitSet() {
    Random random = new Random(8);
    for (int round = 0; round < 2000; round++) {
      ByteRanges ranges = new ByteRanges(1000);
      BitSet oracle = new BitSet();
      for (int step = 0; step < 40; step++) {
        int start = random.nextInt(300);
        int end = start + random.nextInt(40);
        if (random.nextInt(10) == 0) {
          ranges.removeBelow(start);
          oracle.clear(0, start);
        } else {
          assertTrue(ranges.add(start, end));
          oracle.set(start, end);
        }
        int from = random.nextInt(350);
        int present = oracle.nextSetBit(from);
        assertEquals(oracle.nextClearBit(from), ranges.nextMissing(from));
        assertEquals(present < 0 ? 400 : Math.min(400, present), ranges.nextPresent(from, 400));
        assertEquals(oracle.isEmpty(), ranges.isEmpty());
        assertEquals(oracle.length(), ranges.end());
      }
    }
  }

  @Test
  void oneRangeTooManyIsRefusedAndChangesNothing() {
    ByteRanges ranges = new ByteRanges(2);
    assertTrue(ranges.add(0, 1));
    assertTrue(ranges.add(10, 11));
    assertFalse(ranges.add(20, 21));
    assertEquals(11, ranges.end());
    assertTrue(ranges.add(1, 10));
    assertTrue(ranges.add(20, 21));
  }

  @Test
  void shiftMovesAllPositions() {
    ByteRanges ranges = new ByteRanges(4);
    ranges.add(5, 8);
    ranges.shift(-5);
    assertEquals(0, ranges.first());
    assertEquals(3, ranges.nextMissing(0));
  }
}
