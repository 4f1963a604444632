// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dnsprism.capture.LinkType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PcapReaderTest {
  private static final long MICROSECOND = 1000;
  private static final TestFrame FRAME = TestFrame.of(new byte[] {1, 2, 3}, 3, 5_000_000_007_000L);

  /** One frame, written by hand from the format's description. */
  @Test
  void fieldsAreReadFromTheirPlaces() throws IOException {
    byte[] file =
        HexFormat.ofDelimiter(" ")
            .parseHex(
                "d4 c3 b2 a1 02 00 04 00 00 00 00 00 00 00 00 00 00 00 04 00 01 00 00 00"
                    + " 80 43 6d 38 40 e2 01 00 04 00 00 00 dc 05 00 00 de ad be ef");
    assertEquals(
        new Reading(List.of(new TestFrame("deadbeef", 1500, 946_684_800_123_456_000L, 1)), ""),
        Reading.of(file));
  }

  static Stream<Arguments> variants() {
    return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
        .flatMap(
            order ->
                Stream.of(PcapBytes.MICROSECONDS, PcapBytes.NANOSECONDS, PcapBytes.MODIFIED)
                    .map(magic -> Arguments.of(magic, order)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyVariantIsReadBack(int magic, ByteOrder order) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    PcapBytes pcap = new PcapBytes(magic, order, LinkType.LINUX_SLL2);
    long unit = magic == PcapBytes.NANOSECONDS ? 1 : MICROSECOND;
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      long time = random.nextLong(0xffff_ffffL * 1_000_000_000L) / unit * unit;
      TestFrame frame = TestFrame.of(bytes, bytes.length + random.nextInt(3), time);
      pcap.add(frame.onLink(LinkType.LINUX_SLL2));
    }
    assertEquals(new Reading(pcap.frames(), ""), Reading.of(pcap.bytes()));
  }

  /** The seconds are unsigned: files can be written until 2106. */
  @Test
  void timesAfter2038AreNotNegative() throws IOException {
    TestFrame late = FRAME.at(0xffff_ffffL * 1_000_000_000L);
    assertEquals(List.of(late), Reading.of(PcapBytes.of(List.of(late)).bytes()).frames());
  }

  /** The field's upper half tells of a frame check sequence and is no part of the number. */
  @Test
  void linkTypeIsTheLowerHalfOfItsField() throws IOException {
    PcapBytes pcap = new PcapBytes(PcapBytes.NANOSECONDS, ByteOrder.BIG_ENDIAN, 0x2400_0001);
    pcap.add(FRAME);
    assertEquals(pcap.frames(), Reading.of(pcap.bytes()).frames());
  }

  @Test
  void wireLengthIsNeverBelowTheCapturedLength() throws IOException {
    for (int wire : new int[] {0, 2, -1}) {
      PcapBytes pcap = PcapBytes.of(List.of(TestFrame.of(FRAME.bytes(), wire, 0)));
      assertEquals(3, Reading.of(pcap.bytes()).frames().get(0).wireLength());
    }
  }

  @Test
  void fileWithoutFramesIsWhole() throws IOException {
    assertEquals(new Reading(List.of(), ""), Reading.of(PcapBytes.of(List.of()).bytes()));
  }

  @Test
  void largestFrameIsRead() throws IOException {
    TestFrame large = TestFrame.random(new SplittableRandom(2), 262144, 0);
    PcapBytes pcap = PcapBytes.of(List.of(FRAME, large, FRAME));
    assertEquals(new Reading(pcap.frames(), ""), Reading.of(pcap.bytes()));
  }

  @Test
  void absurdLengthsEndTheFileWhereTheyStand() throws IOException {
    for (int declared : new int[] {262145, 1 << 20, 1 << 30, Integer.MAX_VALUE, -1, 1 << 31}) {
      PcapBytes pcap = PcapBytes.of(List.of(FRAME, FRAME));
      int at = pcap.bytes().length;
      pcap.addHeaderOnly(FRAME, declared);
      pcap.add(FRAME);
      String claim = Integer.toUnsignedString(declared);
      assertEquals(
          new Reading(
              List.of(FRAME, FRAME), "test: a frame of %s bytes, at byte %d".formatted(claim, at)),
          Reading.of(pcap.bytes()));
    }
  }
}
