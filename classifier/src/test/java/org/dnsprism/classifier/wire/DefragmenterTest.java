// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.dnsprism.classifier.wire.DecodeStatus.BAD_FRAGMENT;
import static org.dnsprism.classifier.wire.DecodeStatus.FRAGMENT;
import static org.dnsprism.classifier.wire.DecodeStatus.SNAPPED;
import static org.dnsprism.classifier.wire.DecodeStatus.TRANSPORT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds, life time and odd cases of fragments. */
class DefragmenterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final byte[] PAYLOAD = payload(1000);

  private final Decoding decoding = new Decoding();

  @Test
  void sourceKeepsItsNewestDatagrams() {
    for (int id = 0; id < 65; id++) {
      assertEquals(FRAGMENT, decoding.decode(1, first(id), 2000, id));
    }
    assertEquals(1, lost());
    assertEquals(FRAGMENT, decoding.decode(1, last(0)), "the oldest is gone");
    assertEquals(TRANSPORT, decoding.decode(1, last(64)));
  }

  @Test
  void allSourcesTogetherKeepTheNewestDatagrams() {
    for (int host = 0; host < 300; host++) {
      byte[] frame = Fragments.from(first(7), host);
      assertEquals(FRAGMENT, decoding.decode(1, frame, frame.length, host));
    }
    assertEquals(300 - 256, lost());
    assertEquals(FRAGMENT, decoding.decode(1, Fragments.from(last(7), 0)), "the oldest is gone");
    assertEquals(TRANSPORT, decoding.decode(1, Fragments.from(last(7), 299)));
  }

  @Test
  void floodFromOneSourceLeavesOthersAlone() {
    byte[] other = Fragments.from(first(7), 4711);
    assertEquals(FRAGMENT, decoding.decode(1, other, other.length, 0));
    for (int id = 0; id < 10_000; id++) {
      decoding.decode(1, first(id), 2000, SECOND + id);
    }
    assertEquals(10_000 - 64, lost());
    byte[] rest = Fragments.from(last(7), 4711);
    assertEquals(TRANSPORT, decoding.decode(1, rest, rest.length, 2 * SECOND));
  }

  @Test
  void datagramNotWholeAfterHalfAMinuteIsLost() {
    byte[] last = last(1);
    assertEquals(FRAGMENT, decoding.decode(1, first(1), 2000, SECOND));
    assertEquals(FRAGMENT, decoding.decode(1, last, last.length, 31 * SECOND + 1));
    assertEquals(1, lost());
    assertEquals(FRAGMENT, decoding.decode(1, first(2), 2000, 40 * SECOND));
    byte[] other = last(2);
    assertEquals(TRANSPORT, decoding.decode(1, other, other.length, 70 * SECOND));
    assertEquals(FRAGMENT, decoding.decode(1, first(3), 2000, 70 * SECOND));
    assertEquals(2, lost(), "the fragment that came too late waited in vain for a first one");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void firstFragmentCutBySnapLengthStillGivesThePorts(boolean six) {
    byte[] whole = fragments(six, 1).frame(0, 512);
    byte[] cut = Arrays.copyOf(whole, whole.length - 100);
    assertEquals(TRANSPORT, decoding.decode(1, cut, whole.length, 0));
    assertEquals(40_000, decoding.packet.sourcePort());
    assertEquals(512 - 8 - 100, decoding.packet.capturedPayloadLength());
    assertEquals(1, lost());
    byte[] later = fragments(six, 1).frame(512, 1008);
    byte[] laterCut = Arrays.copyOf(later, later.length - 1);
    assertEquals(SNAPPED, decoding.decode(1, laterCut, later.length, 0));
    assertEquals(2, lost());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void impossibleFragmentsAreBad(boolean six) {
    Fragments fragments = fragments(six, 1);
    assertEquals(BAD_FRAGMENT, decoding.decode(1, fragments.frame(0, new byte[9], true)));
    assertEquals(BAD_FRAGMENT, decoding.decode(1, fragments.frame(8, new byte[0], true)));
    assertEquals(BAD_FRAGMENT, decoding.decode(1, fragments.frame(65_528, new byte[8], false)));
    assertEquals(3, lost());
    assertEquals(FRAGMENT, decoding.decode(1, fragments.frame(65_520, new byte[15], false)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fragmentsThatDisagreeAboutTheEndAreBad(boolean six) {
    for (int behind : new int[] {64, 32}) {
      decoding.decode(1, fragments(six, behind).frame(48, new byte[8], false));
      byte[] other = fragments(six, behind).frame(behind, new byte[8], false);
      assertEquals(BAD_FRAGMENT, decoding.decode(1, other));
    }
    decoding.decode(1, fragments(six, 3).frame(56, new byte[8], true));
    assertEquals(BAD_FRAGMENT, decoding.decode(1, fragments(six, 3).frame(48, new byte[8], false)));
    decoding.decode(1, fragments(six, 4).frame(48, new byte[8], false));
    assertEquals(BAD_FRAGMENT, decoding.decode(1, fragments(six, 4).frame(48, new byte[4], false)));
    assertEquals(8, lost());
  }

  @Test
  void firstFragmentAloneNamesTheProtocol() {
    // RFC 8200, section 4.5: the next header of other fragments may differ and is not used.
    byte[] later = fragments(true, 1).frame(512, 1008);
    later[54] = 59;
    assertEquals(FRAGMENT, decoding.decode(1, fragments(true, 1).frame(0, 512)));
    assertEquals(TRANSPORT, decoding.decode(1, later));
    later[61]++;
    byte[] first = fragments(true, 2).frame(0, 512);
    assertEquals(FRAGMENT, decoding.decode(1, later));
    assertEquals(TRANSPORT, decoding.decode(1, first));
  }

  @Test
  void wholeDatagramsStayReadableUntilTheyAreReleased() {
    byte[] other = payload(500);
    assertEquals(FRAGMENT, decoding.decode(1, first(1)));
    assertEquals(TRANSPORT, decoding.decode(1, last(1)));
    ByteBuf buffer = decoding.packet.buffer();
    int offset = decoding.packet.payloadOffset();
    assertEquals(FRAGMENT, decoding.decode(1, Fragments.ofIpv4(2, other).frame(0, 64)));
    assertEquals(TRANSPORT, decoding.decode(1, Fragments.ofIpv4(2, other).frame(64, 508)));
    assertArrayEquals(PAYLOAD, ByteBufUtil.getBytes(buffer, offset, PAYLOAD.length));
    assertArrayEquals(other, decoding.payload());
  }

  @Test
  void batchWithoutReleaseIsBoundedAndCounted() {
    for (int id = 0; id < 256; id++) {
      decoding.decode(1, first(id));
      assertEquals(TRANSPORT, decoding.decode(1, last(id)));
    }
    decoding.decode(1, first(256));
    assertEquals(BAD_FRAGMENT, decoding.decode(1, last(256)));
    assertEquals(2, lost());
    decoding.decoder.release();
    decoding.decode(1, first(257));
    assertEquals(TRANSPORT, decoding.decode(1, last(257)));
    assertEquals(257, decoding.decoder.reassembledDatagrams());
  }

  @Test
  void repeatAfterTheWholeIsTheStartOfAnother() {
    decoding.decode(1, first(1));
    assertEquals(TRANSPORT, decoding.decode(1, last(1)));
    assertEquals(FRAGMENT, decoding.decode(1, last(1)));
    assertEquals(TRANSPORT, decoding.decode(1, first(1)), "the identification may come again");
    assertEquals(0, lost());
  }

  @Test
  void tunnelInFragmentsIsFollowed() {
    FrameCase vxlan =
        FrameCases.all().stream().filter(f -> f.name().equals("VXLAN")).findFirst().orElseThrow();
    byte[] frame = vxlan.bytes();
    byte[] start = Arrays.copyOf(frame, 34 + 48);
    start[17] = 20 + 48;
    start[20] = 0x20;
    byte[] rest = Arrays.copyOf(frame, frame.length - 48);
    System.arraycopy(frame, 34 + 48, rest, 34, frame.length - 34 - 48);
    rest[17] = (byte) (frame.length - 14 - 48);
    rest[21] = 48 / 8;
    assertEquals(FRAGMENT, decoding.decode(1, rest));
    assertEquals(TRANSPORT, decoding.decode(1, start));
    assertSame(Tunnel.VXLAN, decoding.packet.tunnel());
    assertEquals(40_000, decoding.packet.sourcePort());
    assertEquals(Inner.QUERY_LENGTH, decoding.payload().length);
  }

  private static byte[] first(int id) {
    return fragments(false, id).frame(0, 512);
  }

  private static byte[] last(int id) {
    return fragments(false, id).frame(512, 1008);
  }

  private static Fragments fragments(boolean six, int id) {
    return six ? Fragments.ofIpv6(id, PAYLOAD) : Fragments.ofIpv4(id, PAYLOAD);
  }

  private static byte[] payload(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    return payload;
  }

  private long lost() {
    return decoding.decoder.lostFragments();
  }
}
