// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures with wrong bytes in them end in damage or are read; nothing else happens. */
class MutatedCapturesTest {
  private static final int ROUNDS = 1_000;

  @ParameterizedTest
  @MethodSource("org.dnsprism.capture.file.CutCapturesTest#captures")
  void wrongBytesAreReadOrToldOf(CaptureBytes capture) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] whole = capture.bytes();
    int damaged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length / 2, whole.length + 100));
      int firstWrong = Math.min(bytes.length, whole.length);
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        firstWrong = Math.min(firstWrong, at);
      }
      Reading reading = Reading.of(bytes);
      int intact = framesBefore(capture, firstWrong);
      assertTrue(reading.frames().size() >= intact);
      assertEquals(capture.frames().subList(0, intact), reading.frames().subList(0, intact));
      assertTrue(reading.frames().stream().allMatch(MutatedCapturesTest::plausible));
      damaged += reading.damage().isEmpty() ? 0 : 1;
    }
    assertTrue(damaged > ROUNDS / 10, "many of them are damaged");
  }

  private static int framesBefore(CaptureBytes capture, int place) {
    Map.Entry<Integer, Integer> record = capture.framesByEnd().floorEntry(place);
    return record == null ? 0 : record.getValue();
  }

  private static boolean plausible(TestFrame frame) {
    int captured = frame.data().length() / 2;
    return captured <= 262_144 && frame.wireLength() >= captured;
  }
}
