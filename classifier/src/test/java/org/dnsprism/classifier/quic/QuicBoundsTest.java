// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.classifier.quic.InitialSealer.join;
import static org.dnsprism.classifier.quic.RfcVectors.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every bound holds and is counted; hostile bytes end nothing but their own reading. */
class QuicBoundsTest extends QuicFlowCase {
  @Test
  void attemptsAreBoundedForAFlow() {
    Random random = new Random(5);
    for (int i = 0; i < QuicFlow.MAX_DATAGRAMS; i++) {
      byte[] id = new byte[8];
      random.nextBytes(id);
      byte[] packet = initial(i, PING);
      System.arraycopy(id, 0, packet, 6, 8);
      fromClient(packet);
    }
    assertEquals(InitialKeyring.MAX_ATTEMPTS, counters.failedDecryptions());
    assertTrue(flow.over());
  }

  @Test
  void attemptsAreBoundedForASecondOfEventTime() {
    QuicCrypto poor = new QuicCrypto(new DecryptionBudget(1), counters);
    QuicFlow first = new QuicFlow(poor, memory);
    QuicFlow second = new QuicFlow(poor, memory);
    byte[] packet = initial(0, crypto(HELLO, 0, HELLO.length));
    assertEquals(
        QuicStatus.CLIENT_HELLO, first.onClientDatagram(wrap(packet), 0, packet.length, 5));
    assertEquals(QuicStatus.HEADER, second.onClientDatagram(wrap(packet), 0, packet.length, 6));
    assertEquals(1, counters.secondBudgetSkips());
    assertEquals(
        QuicStatus.CLIENT_HELLO,
        second.onClientDatagram(wrap(packet), 0, packet.length, 1_000_000_005L));
  }

  @Test
  void datagramsAreBounded() {
    byte[] part = initial(0, crypto(HELLO, 0, 500));
    for (int i = 0; i < QuicFlow.MAX_DATAGRAMS; i++) {
      fromServer(hex("40" + "aa".repeat(40)));
    }
    fromClient(part);
    assertTrue(flow.over());
    assertEquals(0, counters.cryptoCapHits(), "nothing was given up");
    flow.reset();
    for (int i = 0; i <= QuicFlow.MAX_DATAGRAMS; i++) {
      fromClient(i % 2 == 0 ? part : hex("40" + "aa".repeat(40)));
    }
    assertTrue(flow.over());
    assertEquals(1, counters.cryptoCapHits());
    assertEquals(0, memory.usedBytes());
  }

  @Test
  void repeatsOfOneDatagramAreBounded() {
    byte[] part = initial(0, crypto(HELLO, 0, 500));
    for (int i = 0; i < QuicFlow.MAX_DATAGRAMS; i++) {
      fromClient(part);
    }
    assertTrue(flow.over());
    assertEquals(InitialKeyring.MAX_ATTEMPTS, counters.decryptions());
    assertEquals(1, counters.flowBudgetSkips());
    assertEquals(0, memory.usedBytes());
  }

  @Test
  void timeIsBounded() {
    long start = 7_000_000_000L;
    fromClient(initial(0, crypto(HELLO, 0, 500)), start);
    fromClient(initial(1, crypto(HELLO, 500, 1100)), start + QuicFlow.MAX_NANOS);
    assertFalse(flow.over());
    fromClient(initial(2, crypto(HELLO, 1100, HELLO.length)), start + QuicFlow.MAX_NANOS + 1);
    assertTrue(flow.over());
    assertEquals(QuicStatus.PARTIAL_CLIENT_HELLO, flow.status());
    assertEquals(1, counters.cryptoCapHits());
  }

  @Test
  void cryptoDataThatIsNoClientHelloIsCountedAndEndsTheReading() {
    fromClient(initial(0, crypto(new byte[] {2, 0, 0, 9}, 0, 4)));
    assertEquals(QuicStatus.INITIAL, flow.status());
    assertTrue(flow.over());
    assertEquals(1, counters.malformedHellos());
  }

  @Test
  void dataBeyondTheBoundIsCountedAndDropped() {
    fromClient(initial(0, join(hex("06" + "80010000" + "01" + "aa"), PING)));
    assertEquals(1, counters.cryptoCapHits());
    fromClient(initial(1, crypto(HELLO, 0, HELLO.length)));
    assertHello();
  }

  @Test
  void framesBeyondTheBoundOfAPacketAreNotRead() {
    byte[][] many = new byte[600][];
    for (int i = 0; i < many.length; i++) {
      many[i] = crypto(HELLO, i + 1, i + 2);
    }
    fromClient(initial(0, join(many)));
    assertEquals(1, counters.cryptoCapHits());
    fromClient(initial(1, crypto(HELLO, 0, HELLO.length)));
    assertHello();
  }

  @Test
  void rangesBeyondTheBoundAreCounted() {
    byte[][] many = new byte[300][];
    for (int i = 0; i < many.length; i++) {
      many[i] = crypto(HELLO, 2 * i + 1, 2 * i + 2);
    }
    fromClient(initial(0, join(many)));
    assertEquals(300 - 256, counters.cryptoCapHits());
  }

  @Test
  void mutatedDatagramsNeverThrow() {
    Random random = new Random(1234);
    List<byte[]> seeds = new ArrayList<>(threeDatagrams());
    seeds.add(RfcVectors.V1_CLIENT);
    seeds.add(RfcVectors.V2_CLIENT);
    seeds.add(RfcVectors.V1_SERVER);
    seeds.add(RfcVectors.V1_RETRY);
    for (int round = 0; round < 30_000; round++) {
      if (round % 5 == 0) {
        flow.reset();
      }
      byte[] seed = seeds.get(random.nextInt(seeds.size()));
      byte[] mutant = random.nextInt(3) == 0 ? cut(seed, random) : seed.clone();
      for (int i = random.nextInt(4); i > 0; i--) {
        mutant[random.nextInt(Math.min(mutant.length, 40))] = (byte) random.nextInt();
      }
      assertNotNull(random.nextInt(4) == 0 ? fromServer(mutant) : fromClient(mutant));
    }
    assertTrue(counters.decryptions() > 1000);
    assertTrue(counters.failedDecryptions() > 1000);
  }

  @Test
  void mutatedFramesNeverThrow() {
    Random random = new Random(4321);
    for (int round = 0; round < 8_000; round++) {
      byte[] frames = join(ACK, crypto(HELLO, 0, 700), ACK_ECN, crypto(HELLO, 700, HELLO.length));
      for (int i = random.nextInt(5); i >= 0; i--) {
        frames[random.nextInt(frames.length)] = (byte) random.nextInt();
      }
      flow.reset();
      assertNotNull(fromClient(initial(0, cut(frames, random))));
    }
    assertTrue(counters.malformedFrames() > 100);
  }

  private static byte[] cut(byte[] bytes, Random random) {
    return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
  }
}
