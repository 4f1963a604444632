// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Time stamps of pcapng in every resolution, against exact arithmetic. */
class PcapngClockTest {
  private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
  private static final long SECONDS = 1_700_000_000L;
  private static final TestFrame FRAME = TestFrame.of(new byte[] {1}, 1, 0);

  static IntStream resolutions() {
    return IntStream.concat(IntStream.rangeClosed(0, 19), IntStream.rangeClosed(128, 128 + 63));
  }

  /** The highest bit of {@code if_tsresol} says whether the rest is a power of two or of ten. */
  private static BigInteger unitsPerSecond(int resolution) {
    return BigInteger.valueOf(resolution < 128 ? 10 : 2).pow(resolution & 127);
  }

  @ParameterizedTest
  @MethodSource("resolutions")
  void stampsAreNanosecondsRoundedDown(int resolution) throws IOException {
    SplittableRandom random = new SplittableRandom(resolution);
    BigInteger units = unitsPerSecond(resolution);
    BigInteger largest = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    BigInteger seconds = BigInteger.valueOf(SECONDS).multiply(units).min(largest.shiftRight(1));
    PcapngBytes file = PcapngBytes.of(ByteOrder.LITTLE_ENDIAN).network(resolution, 0L);
    for (int i = 0; i < 300; i++) {
      BigInteger fraction = BigInteger.valueOf(random.nextLong() >>> 1).mod(units);
      BigInteger stamp = seconds.add(fraction).min(largest);
      BigInteger nanos = stamp.multiply(NANOS_PER_SECOND).divide(units);
      file.enhanced(0, stamp.longValue(), FRAME.at(nanos.longValueExact()));
    }
    assertEquals(new Reading(file.frames(), ""), Reading.of(file.bytes()));
  }

  @Test
  void offsetIsAddedInSeconds() throws IOException {
    PcapngBytes file = PcapngBytes.of(ByteOrder.BIG_ENDIAN);
    file.network(6, SECONDS).network(9, SECONDS).network(3, SECONDS).network(128 + 10, SECONDS);
    file.network(6, -SECONDS);
    file.enhanced(0, 1_500_000, FRAME.at(SECONDS * 1_000_000_000 + 1_500_000_000));
    file.enhanced(1, 1_500_000, FRAME.at(SECONDS * 1_000_000_000 + 1_500_000));
    file.enhanced(2, 1_500, FRAME.at(SECONDS * 1_000_000_000 + 1_500_000_000));
    file.enhanced(3, 1_536, FRAME.at(SECONDS * 1_000_000_000 + 1_500_000_000));
    file.enhanced(4, SECONDS * 1_000_000, FRAME);
    assertEquals(new Reading(file.frames(), ""), Reading.of(file.bytes()));
  }

  /** Finer units than a 64-bit second can hold leave no whole second in any stamp. */
  @Test
  void resolutionThatNoStampCanUseIsDamage() throws IOException {
    for (int resolution : new int[] {20, 127, 128 + 64, 255}) {
      PcapngBytes file = PcapngBytes.of(ByteOrder.BIG_ENDIAN);
      int intact = file.bytes().length;
      file.network(resolution, 0L);
      assertEquals(
          "test: a time stamp resolution of " + resolution + ", at byte " + intact,
          Reading.of(file.bytes()).damage());
    }
  }
}
