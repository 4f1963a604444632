// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowLayoutTest {
  private final Random random = new Random(44);

  @Test
  void keyIsReadBack() {
    for (int i = 0; i < 2000; i++) {
      int a = random.nextInt(1 << 16);
      int b = random.nextInt(1 << 16);
      int protocol = random.nextInt(256);
      long key = FlowLayout.key(a, b, protocol);
      assertEquals(key, key & FlowLayout.KEY_MASK);
      long flagged = key | random.nextInt(1 << 24);
      assertEquals(a, FlowLayout.portA(flagged));
      assertEquals(b, FlowLayout.portB(flagged));
      assertEquals(protocol, FlowLayout.protocol(flagged));
      assertEquals((flagged >>> 13) & 2047, FlowLayout.generation(flagged));
    }
  }

  @Test
  void stateIsReadBackPartByPart() {
    long state = 0;
    assertEquals(-1, FlowLayout.details(state));
    assertEquals(-1, FlowLayout.inspection(state));
    int details = -1;
    int inspection = -1;
    int outstanding = 0;
    for (int i = 0; i < 5000; i++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          details = random.nextInt((1 << 24) - 1) - 1;
          state = FlowLayout.withDetails(state, details);
        }
        case 1 -> {
          inspection = random.nextInt((1 << 24) - 1) - 1;
          state = FlowLayout.withInspection(state, inspection);
        }
        default -> {
          outstanding = random.nextInt(1 << 16);
          state = FlowLayout.withOutstanding(state, outstanding);
        }
      }
      assertEquals(details, FlowLayout.details(state));
      assertEquals(inspection, FlowLayout.inspection(state));
      assertEquals(outstanding, FlowLayout.outstanding(state));
    }
  }

  @Test
  void outstandingStaysAtItsMost() {
    long state = FlowLayout.withInspection(0, 7);
    state = FlowLayout.withOutstanding(state, 70_000);
    assertEquals(65_535, FlowLayout.outstanding(state));
    assertEquals(7, FlowLayout.inspection(state));
  }

  @Test
  void newPacketsAreReadBack() {
    long word = (0xabcdefL << 40) | (0x123456L << 16) | 0xfedc;
    assertEquals(0xabcdef, FlowLayout.newPacketsAb(word));
    assertEquals(0x123456, FlowLayout.newPacketsBa(word));
    assertEquals(0xfedc, FlowLayout.intervalTag(word));
    assertEquals(0xffff_fffeL, FlowLayout.upper(0xffff_fffe_0000_0001L));
    assertEquals(0xffff_ffffL, FlowLayout.lower(0x1_ffff_ffffL));
  }
}
