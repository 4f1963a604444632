// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dnsprism.capture.LinkType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PcapngReaderTest {
  private static final long STAMP = 1_700_000_000_000_123L;
  private static final TestFrame FRAME = TestFrame.of(new byte[] {1, 2, 3, 4, 5}, 70, STAMP * 1000);
  private static final TestFrame OTHER = TestFrame.of(new byte[] {6}, 1, STAMP * 1000 + 1000);

  static Stream<ByteOrder> orders() {
    return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  /** One packet, written by hand from the draft. */
  @Test
  void fieldsAreReadFromTheirPlaces() throws IOException {
    byte[] file =
        HexFormat.ofDelimiter(" ")
            .parseHex(
                "0a 0d 0d 0a 00 00 00 1c 1a 2b 3c 4d 00 01 00 00 ff ff ff ff ff ff ff ff 00 00 00"
                    + " 1c 00 00 00 01 00 00 00 14 01 14 00 00 00 00 00 60 00 00 00 14 00 00 00 06"
                    + " 00 00 00 24 00 00 00 00 00 03 5d 01 3b 37 e0 00 00 00 00 02 00 00 05 dc be"
                    + " ef 00 00 00 00 00 24");
    long nanos = 0x0003_5d01_3b37_e000L * 1000;
    assertEquals(
        new Reading(List.of(new TestFrame("beef", 1500, nanos, LinkType.LINUX_SLL2)), ""),
        Reading.of(file));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void everyKindOfPacketBlockIsRead(ByteOrder order) throws IOException {
    PcapngBytes file = PcapngBytes.of(order).network(LinkType.ETHERNET, 5);
    file.enhanced(0, STAMP, FRAME).simple(FRAME).obsolete(0, 0xffff, STAMP + 1, OTHER);
    file.simple(OTHER);
    assertEquals(new Reading(file.frames(), ""), Reading.of(file.bytes()));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void eachInterfaceHasItsLinkTypeAndClock(ByteOrder order) throws IOException {
    PcapngBytes file = PcapngBytes.of(order).network(LinkType.RAW, 5);
    file.network(9, 0L).network(LinkType.LINUX_SLL, 0);
    file.enhanced(1, STAMP * 1000, FRAME);
    file.enhanced(0, STAMP, FRAME.onLink(LinkType.RAW));
    file.enhanced(2, STAMP + 1, OTHER.onLink(LinkType.LINUX_SLL));
    file.obsolete(2, 0, STAMP, FRAME.onLink(LinkType.LINUX_SLL));
    file.simple(FRAME.onLink(LinkType.RAW));
    assertEquals(new Reading(file.frames(), ""), Reading.of(file.bytes()));
  }

  /** Each section starts anew: byte order, interfaces and their numbers. */
  @Test
  void sectionsOfBothByteOrdersFollowEachOther() throws IOException {
    PcapngBytes file = PcapngBytes.of(ByteOrder.BIG_ENDIAN).network(LinkType.RAW, 0);
    file.enhanced(0, STAMP, FRAME.onLink(LinkType.RAW));
    file.section(ByteOrder.LITTLE_ENDIAN).network(9, 0L).network(LinkType.LOOP, 0);
    file.enhanced(0, STAMP * 1000, FRAME).enhanced(1, STAMP, FRAME.onLink(LinkType.LOOP));
    file.section(ByteOrder.BIG_ENDIAN).section(ByteOrder.LITTLE_ENDIAN).network(6, 0L);
    file.enhanced(0, STAMP + 1, OTHER);
    assertEquals(new Reading(file.frames(), ""), Reading.of(file.bytes()));
  }

  @Test
  void interfacesEndWithTheirSection() throws IOException {
    PcapngBytes file = PcapngBytes.of(ByteOrder.BIG_ENDIAN).network(1, 0).network(1, 0);
    file.enhanced(1, STAMP, FRAME).section(ByteOrder.BIG_ENDIAN).network(1, 0);
    assertDamaged(file, "a frame of an interface that is not described", 1, 0);
    assertDamaged(file, "a frame of an interface that is not described", -1, 0);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void blocksWithoutPacketsArePassedOver(ByteOrder order) throws IOException {
    PcapngBytes file = PcapngBytes.of(order).network(LinkType.ETHERNET, 0);
    int[] types = {
      PcapngBytes.NAME_RESOLUTION,
      PcapngBytes.INTERFACE_STATISTICS,
      PcapngBytes.DECRYPTION_SECRETS,
      PcapngBytes.LOCAL_BLOCK,
      0,
      -1
    };
    for (int type : types) {
      file.block(type, file.body(0)).enhanced(0, STAMP, FRAME);
      file.block(type, file.body(100).put(new byte[100])).enhanced(0, STAMP, FRAME);
      file.block(type, file.body(3 << 20).put(new byte[3 << 20])).enhanced(0, STAMP, FRAME);
    }
    assertEquals(18, file.frames().size());
    assertEquals(new Reading(file.frames(), ""), Reading.of(file.bytes()));
  }

  /** The snap length is that of the interface; the block's own length bounds it as well. */
  @Test
  void simplePacketIsAsLongAsItsInterfaceKeeps() throws IOException {
    PcapngBytes cut = PcapngBytes.of(ByteOrder.LITTLE_ENDIAN).network(1, 5);
    cut.simple(FRAME.at(0));
    PcapngBytes whole = PcapngBytes.of(ByteOrder.LITTLE_ENDIAN).network(1, 0);
    whole.simple(TestFrame.of(new byte[] {1, 2, 3, 4, 5}, 5, 0));
    whole.simple(TestFrame.of(new byte[0], 0, 0));
    assertEquals(new Reading(cut.frames(), ""), Reading.of(cut.bytes()));
    assertEquals(new Reading(whole.frames(), ""), Reading.of(whole.bytes()));
  }

  @Test
  void packetsWithoutTheirInterfaceAreDamage() throws IOException {
    PcapngBytes file = PcapngBytes.of(ByteOrder.LITTLE_ENDIAN);
    assertDamaged(file, "a frame of an interface that is not described", 0, 0);
    byte[] simple = PcapngBytes.of(ByteOrder.LITTLE_ENDIAN).simple(FRAME).bytes();
    assertEquals(
        "test: a simple packet block without an interface, at byte " + file.bytes().length,
        Reading.of(simple).damage());
  }

  @Test
  void absurdCapturedLengthsAreDamage() throws IOException {
    PcapngBytes file = PcapngBytes.of(ByteOrder.BIG_ENDIAN).network(1, 0);
    for (int captured : new int[] {5, 1 << 20, Integer.MAX_VALUE, -1}) {
      String claim = "a frame of " + Integer.toUnsignedString(captured) + " bytes";
      assertDamaged(file, claim, 0, captured);
    }
  }

  /** Adds a packet block that has room for four bytes and says something else. */
  private static void assertDamaged(PcapngBytes file, String what, int network, int captured)
      throws IOException {
    int intact = file.bytes().length;
    ByteBuffer packet = file.body(24).putInt(network).putLong(0).putInt(captured).putInt(4);
    PcapngBytes copy = new PcapngBytes();
    copy.append(ByteBuffer.wrap(file.bytes()).position(intact));
    int type = PcapngBytes.ENHANCED_PACKET;
    ByteBuffer block = file.body(36).putInt(type).putInt(36).put(packet.putInt(0).flip());
    copy.append(block.putInt(36));
    assertEquals(
        new Reading(file.frames(), "test: %s, at byte %d".formatted(what, intact)),
        Reading.of(copy.bytes()));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void absurdBlockLengthsAreDamage(ByteOrder order) throws IOException {
    for (int length : new int[] {0, 4, 8, 11, 13, 37, 38, 39, -1, -2}) {
      PcapngBytes file = PcapngBytes.of(order).network(1, 0).enhanced(0, STAMP, FRAME);
      int intact = file.bytes().length;
      file.blockWithWrongLength(
          PcapngBytes.LOCAL_BLOCK, file.body(24).put(new byte[24]), length - 36);
      String claim = Integer.toUnsignedString(length);
      assertEquals(
          new Reading(
              file.frames(), "test: a block of %s bytes, at byte %d".formatted(claim, intact)),
          Reading.of(file.bytes()));
    }
  }

  @Test
  void packetBlocksThatAreTooLongForAnyFrameAreDamage() throws IOException {
    for (int type : new int[] {2, 3, 6}) {
      PcapngBytes file = PcapngBytes.of(ByteOrder.BIG_ENDIAN).network(1, 0);
      int intact = file.bytes().length;
      file.block(type, file.body(400_000).put(new byte[400_000]));
      assertEquals(
          "test: a packet block of 400012 bytes, at byte " + intact,
          Reading.of(file.bytes()).damage());
    }
  }

  @Test
  void lengthsBeforeAndBehindABlockMustAgree() throws IOException {
    PcapngBytes file = PcapngBytes.of(ByteOrder.BIG_ENDIAN).network(1, 0);
    file.enhanced(0, STAMP, FRAME);
    int intact = file.bytes().length;
    byte[] bytes = file.enhanced(0, STAMP, FRAME).enhanced(0, STAMP, OTHER).bytes();
    bytes[file.framesByEnd().higherKey(intact) - 1] ^= 4;
    assertEquals(
        new Reading(List.of(FRAME), "test: a block whose two lengths differ, at byte " + intact),
        Reading.of(bytes));
  }

  @Test
  void sectionWithoutByteOrderMarkIsDamage() throws IOException {
    byte[] bytes = PcapngBytes.of(ByteOrder.BIG_ENDIAN).network(1, 0).bytes();
    bytes[8] = 0;
    assertEquals(
        "test: a section without its byte-order mark, at byte 0", Reading.of(bytes).damage());
  }

  @Test
  void sectionsOfOtherVersionsAreDamage() throws IOException {
    for (int version : new int[] {0x0000, 0x0001, 0x0101, 0x0200}) {
      byte[] bytes = PcapngBytes.of(ByteOrder.BIG_ENDIAN).network(1, 0).bytes();
      bytes[13] = (byte) (version >> 8);
      bytes[15] = (byte) version;
      String claim = (version >> 8) + "." + (version & 0xff);
      assertEquals(
          new Reading(List.of(), "test: a section of version " + claim + ", at byte 0"),
          Reading.of(bytes));
    }
    byte[] bytes = PcapngBytes.of(ByteOrder.BIG_ENDIAN).bytes();
    bytes[15] = 2; // written by some, and the same as 1.0
    assertEquals(new Reading(List.of(), ""), Reading.of(bytes));
  }

  @Test
  void randomSectionsAreReadBack() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 50; round++) {
      PcapngBytes file = new PcapngBytes();
      for (int section = 0; section < 4; section++) {
        file.section(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        addRandomSection(file, random);
      }
      assertEquals(new Reading(file.frames(), ""), Reading.of(file.bytes()));
    }
  }

  private static void addRandomSection(PcapngBytes file, SplittableRandom random) {
    int networks = random.nextInt(1, 5);
    for (int network = 0; network < networks; network++) {
      file.network(100 + network, 0);
    }
    for (int i = random.nextInt(60); i > 0; i--) {
      long stamp = random.nextLong(1L << 52);
      int network = random.nextInt(networks);
      TestFrame frame = TestFrame.random(random, random.nextInt(300), stamp * 1000);
      switch (random.nextInt(3)) {
        case 0 -> file.enhanced(network, stamp, frame.onLink(100 + network));
        case 1 -> file.obsolete(network, random.nextInt(), stamp, frame.onLink(100 + network));
        default -> file.block(random.nextInt(100, 1 << 20), file.body(40).putLong(stamp));
      }
    }
  }
}
