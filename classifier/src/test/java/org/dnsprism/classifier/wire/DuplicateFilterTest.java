// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateFilterTest {
  private static final long START = 1_790_000_000_000_000_000L;
  private static final int IDENTIFICATION_AT = 4;

  private final DuplicateFilter filter = new DuplicateFilter(7);
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();

  private boolean isCopy(byte[] ip, long nanosAfterStart) {
    return isCopyIn(ip, new byte[0], 101, nanosAfterStart);
  }

  private boolean isCopyIn(byte[] ip, byte[] link, int linkType, long nanosAfterStart) {
    byte[] frame = ByteBuffer.allocate(link.length + ip.length).put(link).put(ip).array();
    DecodeStatus status =
        decoder.decode(
            Unpooled.wrappedBuffer(frame),
            0,
            frame.length,
            frame.length,
            START + nanosAfterStart,
            linkType,
            -1,
            packet);
    assertEquals(DecodeStatus.TRANSPORT, status);
    return filter.isCopy(packet);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @ParameterizedTest
  @EnumSource(Inner.class)
  void copiesDifferInLinkHeaderTagsAndHopCount(Inner inner) {
    byte[] first = hex(inner.hex());
    byte[] routed = first.clone();
    boolean four = inner.ipVersion() == 4;
    routed[four ? 8 : 7]--;
    if (four) {
      routed[10]++; // header checksum, RFC 1624
    }
    String type = four ? "0800" : "86dd";
    byte[] plain = hex("0200 0000 0001 0200 0000 0002" + type);
    byte[] tagged = hex("0200 0000 0003 0200 0000 0001 8100 0007" + type);

    assertFalse(isCopyIn(first, plain, 1, 0));
    assertTrue(isCopyIn(routed, tagged, 1, 50_000));
    assertTrue(isCopyIn(first, plain, 1, 90_000), "and a third one");
  }

  @Test
  void copiesWithAnIdentificationComeWithinItsLimit() {
    byte[] ip = hex(Inner.TCP4.hex());
    assertFalse(isCopy(ip, 0));
    assertTrue(isCopy(ip, DuplicateFilter.LIMIT_NANOS));
    assertFalse(isCopy(ip, DuplicateFilter.LIMIT_NANOS + 1), "counted from the first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TCP6", "UDP6"})
  void copiesWithoutAnIdentificationComeAtOnce(String inner) {
    byte[] ip = hex(Inner.valueOf(inner).hex());
    assertFalse(isCopy(ip, 0));
    assertTrue(isCopy(ip, DuplicateFilter.LIMIT_WITHOUT_IDENTIFICATION_NANOS));
    assertFalse(isCopy(ip, DuplicateFilter.LIMIT_WITHOUT_IDENTIFICATION_NANOS + 1));
  }

  @Test
  void identificationZeroIsNone() {
    byte[] ip = hex(Inner.TCP4.hex());
    ip[IDENTIFICATION_AT + 1] = 0;
    assertFalse(isCopy(ip, 0));
    assertFalse(isCopy(ip, DuplicateFilter.LIMIT_WITHOUT_IDENTIFICATION_NANOS + 1));
  }

  @Test
  void retransmissionsAreNoCopies() {
    byte[] ip = hex(Inner.TCP4.hex());
    assertFalse(isCopy(ip, 0));
    ip[IDENTIFICATION_AT + 1]++; // the same segment in a packet of its own
    assertFalse(isCopy(ip, 300_000));
    byte[] six = hex(Inner.TCP6.hex());
    assertFalse(isCopy(six, 0));
    six[40 + 20 + 7]++; // the time stamp of another millisecond
    assertFalse(isCopy(six, 300_000));
  }

  /** Whichever of the bytes that copies share is another, it is another packet. */
  @ParameterizedTest
  @EnumSource(Inner.class)
  void anyOtherByteMakesAnotherPacket(Inner inner) {
    byte[] ip = hex(inner.hex());
    int header = inner.ipVersion() == 4 ? 20 : 40;
    int addresses = inner.ipVersion() == 4 ? 12 : 8;
    boolean tcp = inner.protocol() == Packet.TCP;
    assertFalse(isCopy(ip, 0));
    for (int at = addresses; at < header + DuplicateFilter.COMPARED_BYTES; at++) {
      boolean structure = (at == header + 12 && tcp) || (at - header == 4 && !tcp);
      if (at < ip.length && !structure && !(at - header == 5 && !tcp)) {
        byte[] other = ip.clone();
        other[at] ^= 0x10;
        assertFalse(isCopy(other, 1000), "byte " + at);
        assertTrue(isCopy(ip, 1000), "byte " + at);
      }
    }
  }

  @Test
  void noTwoOfManyPacketsAreTakenForCopies() {
    Random random = new Random(20);
    byte[] ip = hex(Inner.UDP4.hex());
    for (int i = 0; i < 200_000; i++) {
      ByteBuffer.wrap(ip).putShort(IDENTIFICATION_AT, (short) i).putInt(12, random.nextInt());
      ByteBuffer.wrap(ip).putShort(20, (short) random.nextInt());
      assertFalse(isCopy(ip, i * 1000L));
    }
  }

  @Test
  void remembersSoManyAndCountsWhatItForgets() {
    byte[] ip = hex(Inner.UDP4.hex());
    int packets = 3 * DuplicateFilter.CAPACITY;
    for (int i = 0; i < packets; i++) {
      ByteBuffer.wrap(ip).putInt(12, i);
      assertFalse(isCopy(ip, i));
    }
    int found = 0;
    for (int i = 0; i < packets; i++) {
      ByteBuffer.wrap(ip).putInt(12, i);
      found += isCopy(ip, packets) ? 1 : 0;
    }
    assertTrue(filter.forgotten() >= packets - DuplicateFilter.CAPACITY, "counted");
    assertTrue(found < packets - DuplicateFilter.CAPACITY, "bounded");
  }

  @Test
  void oldPacketsAreForgottenWithoutACount() {
    byte[] ip = hex(Inner.UDP4.hex());
    for (int i = 0; i < 4 * DuplicateFilter.CAPACITY; i++) {
      ByteBuffer.wrap(ip).putInt(12, i);
      assertFalse(isCopy(ip, i * (DuplicateFilter.LIMIT_NANOS / 1000)));
    }
    assertEquals(0, filter.forgotten());
  }

  @Test
  void allocatesNothing() {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    isCopy(hex(Inner.UDP4.hex()), 0);
    int copies = 0;
    for (int i = 0; i < 20_000; i++) {
      copies += filter.isCopy(packet) ? 1 : 0;
    }
    long before = bean.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      copies += filter.isCopy(packet) ? 1 : 0;
    }
    long allocated = bean.getCurrentThreadAllocatedBytes() - before;
    assertEquals(120_000, copies);
    assertTrue(allocated < 10_000, () -> allocated + " bytes");
  }
}
