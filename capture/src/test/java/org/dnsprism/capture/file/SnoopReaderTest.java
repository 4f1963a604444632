// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SnoopReaderTest {
  private static final TestFrame FRAME = TestFrame.of(new byte[] {1, 2, 3}, 60, 5_000_007_000L);

  /** One packet, written by hand from RFC 1761. */
  @Test
  void fieldsAreReadFromTheirPlaces() throws IOException {
    byte[] file =
        HexFormat.ofDelimiter(" ")
            .parseHex(
                "73 6e 6f 6f 70 00 00 00 00 00 00 02 00 00 00 04"
                    + " 00 00 05 dc 00 00 00 02 00 00 00 1c 00 00 00 00"
                    + " 38 6d 43 80 00 01 e2 40 be ef 00 00");
    assertEquals(
        new Reading(List.of(new TestFrame("beef", 1500, 946_684_800_123_456_000L, 1)), ""),
        Reading.of(file));
  }

  @Test
  void randomPacketsAreReadBack() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    SnoopBytes file = new SnoopBytes(SnoopBytes.ETHERNET);
    for (int i = 0; i < 1000; i++) {
      long time = random.nextLong(0xffff_ffffL * 1_000_000) * 1000;
      byte[] bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      file.add(TestFrame.of(bytes, bytes.length + random.nextInt(2000), time));
    }
    assertEquals(new Reading(file.frames(), ""), Reading.of(file.bytes()));
  }

  @Test
  void otherLinksAreOfNoKnownType() throws IOException {
    byte[] file = new SnoopBytes(8).add(FRAME).bytes();
    assertEquals(List.of(FRAME.onLink(0xffff)), Reading.of(file).frames());
  }

  @Test
  void lengthsThatContradictEachOtherAreDamage() throws IOException {
    int[][] lengths = {
      {5, 28}, {0, 23}, {0, -1}, {-1, 28}, {1 << 20, 24 + (1 << 20)}, {0, 1 << 30}
    };
    for (int[] pair : lengths) {
      SnoopBytes file = new SnoopBytes(SnoopBytes.ETHERNET).add(FRAME);
      int intact = file.bytes().length;
      file.addHeaderOnly(FRAME, pair[0], pair[1]).add(FRAME);
      assertEquals(
          new Reading(
              List.of(FRAME),
              "test: a record whose lengths contradict each other, at byte " + intact),
          Reading.of(file.bytes()));
    }
  }
}
