// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Captures that end anywhere: every whole record is delivered, and the place of the cut is told.
 */
class CutCapturesTest {
  static Stream<CaptureBytes> captures() {
    SplittableRandom random = new SplittableRandom(3);
    PcapBytes little = new PcapBytes(PcapBytes.MICROSECONDS, ByteOrder.LITTLE_ENDIAN, 1);
    PcapBytes big = new PcapBytes(PcapBytes.MODIFIED, ByteOrder.BIG_ENDIAN, 1);
    PcapngBytes blocks = PcapngBytes.of(ByteOrder.LITTLE_ENDIAN).network(1, 0);
    SnoopBytes snoop = new SnoopBytes(SnoopBytes.ETHERNET);
    for (int i = 0; i < 8; i++) {
      TestFrame frame = TestFrame.random(random, random.nextInt(60), i * 1_000_000L);
      little.add(frame);
      big.add(frame);
      snoop.add(frame);
      blocks.enhanced(0, i * 1000L, frame).block(PcapngBytes.LOCAL_BLOCK, blocks.body(4).putInt(i));
    }
    blocks.section(ByteOrder.BIG_ENDIAN).network(1, 0).simple(blocks.frames().get(7));
    return Stream.of(little, big, blocks, snoop);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void everyCutIsToldWithItsPlace(CaptureBytes capture) throws IOException {
    byte[] whole = capture.bytes();
    for (int length = 0; length < whole.length; length++) {
      Reading reading = Reading.of(Arrays.copyOf(whole, length));
      Map.Entry<Integer, Integer> record = capture.framesByEnd().floorEntry(length);
      int start = record == null ? 0 : record.getKey();
      int frames = record == null ? 0 : record.getValue();
      assertEquals(capture.frames().subList(0, frames), reading.frames(), "cut at " + length);
      if (length == start && length > 0) {
        assertEquals("", reading.damage(), "a file that ends with a record is whole");
      } else {
        String place = ", at byte " + start;
        assertTrue(reading.damage().startsWith("test: "), reading.damage());
        assertTrue(reading.damage().endsWith(place), reading.damage() + " for " + length);
      }
    }
  }

  @Test
  void bytesThatAreNoCaptureAreRefused() throws IOException {
    for (String text : List.of("GET / HTTP/1.1\r\n", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")) {
      Reading reading = Reading.of(text.getBytes(StandardCharsets.US_ASCII));
      assertEquals(List.of(), reading.frames());
      assertEquals("test: not a capture file (pcap, pcapng or snoop), at byte 0", reading.damage());
    }
  }
}
