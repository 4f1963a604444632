// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.classifier.quic.InitialSealer.join;
import static org.dnsprism.classifier.quic.RfcVectors.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.junit.jupiter.api.Test;

/** A hello in any number of CRYPTO frames and datagrams, in any order, repeated and overlapping. */
class CryptoOrderTest extends QuicFlowCase {
  @Test
  void helloWholeInOneFrameIsReadInPlace() {
    byte[] small = new HelloBuilder().sni("dns.example").alpn("h3", "doq").message();
    fromClient(initial(0, crypto(small, 0, small.length)));
    assertHello();
    assertEquals(0, memory.peakBytes());
  }

  @Test
  void threeDatagramsInEveryOrderWithEveryRepeat() {
    List<byte[]> parts = threeDatagrams();
    for (int[] order : sequences(3, 5)) {
      boolean all = Arrays.stream(order).distinct().count() == 3;
      flow.reset();
      for (int part : order) {
        fromClient(parts.get(part));
      }
      if (all) {
        assertHello();
      } else {
        assertEquals(QuicStatus.INITIAL, flow.status(), Arrays.toString(order));
      }
    }
  }

  /** Every sequence of the given length over 0 .. values - 1. */
  private static List<int[]> sequences(int values, int length) {
    List<int[]> all = new ArrayList<>();
    for (int code = 0; code < Math.pow(values, length); code++) {
      int[] sequence = new int[length];
      for (int i = 0, rest = code; i < length; i++, rest /= values) {
        sequence[i] = rest % values;
      }
      all.add(sequence);
    }
    return all;
  }

  @Test
  void repeatedFragmentDoesNotHideAHole() {
    List<byte[]> parts = threeDatagrams();
    fromClient(parts.get(1));
    fromClient(parts.get(1));
    fromClient(parts.get(2));
    fromClient(parts.get(2));
    assertEquals(QuicStatus.INITIAL, flow.status());
    assertEquals(QuicStatus.CLIENT_HELLO, fromClient(parts.get(0)));
    assertHello();
  }

  @Test
  void framesScatteredShuffledAndOverlappingAreJoined() {
    Random random = new Random(99);
    for (int round = 0; round < 300; round++) {
      List<byte[]> frames = new ArrayList<>();
      for (int from = 0; from < HELLO.length; ) {
        int to = Math.min(HELLO.length, from + 1 + random.nextInt(120));
        int overlap = Math.min(from, random.nextInt(30));
        frames.add(crypto(HELLO, from - overlap, to));
        frames.add(random.nextBoolean() ? PING : new byte[random.nextInt(20)]);
        from = to;
      }
      Collections.shuffle(frames, random);
      int half = frames.size() / 2;
      flow.reset();
      fromClient(initial(1, join(frames.subList(0, half).toArray(new byte[0][]))));
      fromClient(initial(2, join(frames.subList(half, frames.size()).toArray(new byte[0][]))));
      assertHello();
    }
  }

  @Test
  void acknowledgmentsAndPaddingInFrontAreSkipped() {
    byte[] frames = join(new byte[40], PING, ACK, ACK_ECN, crypto(HELLO, 0, HELLO.length));
    fromClient(initial(3, frames));
    assertHello();
  }

  @Test
  void acknowledgmentWithManyRangesIsSkipped() {
    byte[] ranges = new byte[2 * 60];
    byte[] ack = join(hex("02" + "4200" + "4010" + "3c" + "00"), ranges);
    fromClient(initial(3, join(ack, crypto(HELLO, 0, 900))));
    byte[] ecn = join(hex("03" + "4200" + "00" + "3c" + "00"), ranges, hex("010203"));
    fromClient(initial(4, join(ecn, crypto(HELLO, 900, HELLO.length))));
    assertHello();
    assertEquals(0, counters.malformedFrames());
  }

  @Test
  void connectionCloseDoesNotHideWhatFollows() {
    byte[] close = join(hex("1c" + "4128" + "06" + "05"), new byte[] {1, 2, 3, 4, 5});
    fromClient(initial(0, join(close, crypto(HELLO, 0, HELLO.length))));
    assertHello();
    assertEquals(0, counters.malformedFrames());
  }

  @Test
  void connectionCloseThatClaimsTooLongAReasonIsMalformed() {
    fromClient(initial(0, hex("1c" + "01" + "00" + "7fff")));
    assertEquals(QuicStatus.INITIAL, flow.status());
    assertEquals(1, counters.malformedFrames());
  }
}
