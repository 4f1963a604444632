// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.classifier.quic.InitialSealer.join;
import static org.dnsprism.classifier.quic.RfcVectors.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tls.AlpnProtocol;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuicFlowTest {
  private static final byte[] DCID = RfcVectors.DCID;
  private static final byte[] SCID = hex("c101c102c103c104");
  private static final byte[] SERVER_ID = hex("f067a5502a4262b5");
  private static final byte[] NONE = new byte[0];
  private static final byte[] HELLO = HelloBuilder.browser("dns.example", "h3", "doq").message();
  private static final byte[] ACK = hex("0205000100" + "0001");
  private static final byte[] ACK_ECN = hex("03050000" + "00" + "010203");
  private static final byte[] PING = {1};

  private final ReassemblyMemory memory = new ReassemblyMemory(1 << 20);
  private final QuicCounters counters = new QuicCounters();
  private final QuicCrypto crypto = new QuicCrypto(new DecryptionBudget(1_000_000), counters);
  private final QuicFlow flow = new QuicFlow(crypto, memory);
  private final InitialSealer client = new InitialSealer(DCID, InitialSealer.V1, true);
  private final InitialSealer server = new InitialSealer(DCID, InitialSealer.V1, false);

  @AfterEach
  void memoryIsGivenBack() {
    flow.reset();
    assertEquals(0, memory.usedBytes());
  }

  @Test
  void packetsOfRfc9001AppendixA() {
    assertEquals(QuicStatus.CLIENT_HELLO, fromClient(RfcVectors.V1_CLIENT));
    assertEquals("example.com", flow.hello().sni());
    assertEquals("alpn", flow.hello().alpn());
    assertEquals(QuicVersion.V1, flow.version());
    assertTrue(flow.authenticated());
    assertTrue(flow.hello().quicParametersPresent());
    fromServer(RfcVectors.V1_SERVER);
    assertTrue(flow.serverHelloSeen());
    assertEquals(QuicVersion.V1, flow.serverVersion());
  }

  @Test
  void packetsOfRfc9369AppendixA() {
    assertEquals(QuicStatus.CLIENT_HELLO, fromClient(RfcVectors.V2_CLIENT));
    assertEquals("example.com", flow.hello().sni());
    assertEquals(QuicVersion.V2, flow.version());
    fromServer(RfcVectors.V2_SERVER);
    assertTrue(flow.serverHelloSeen());
  }

  @Test
  void retriesOfBothRfcsAreNoticed() {
    fromServer(RfcVectors.V1_RETRY);
    assertTrue(flow.retrySeen());
    flow.reset();
    assertFalse(flow.retrySeen());
    fromServer(RfcVectors.V2_RETRY);
    assertTrue(flow.retrySeen());
  }

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
  void laterInitialsWithTheServersIdentifierUseTheSameKeys() {
    fromClient(initial(0, crypto(HELLO, 0, 700)));
    fromServer(server.seal(1, SCID, SERVER_ID, NONE, 0, join(ACK, crypto(new byte[] {2}, 0, 1))));
    assertTrue(flow.serverHelloSeen());
    fromClient(client.seal(1, SERVER_ID, SCID, NONE, 1, join(ACK, crypto(HELLO, 700, 1610))));
    fromClient(client.seal(1, SERVER_ID, SCID, NONE, 2, crypto(HELLO, 1600, HELLO.length)));
    assertHello();
    assertEquals(2, counters.keyDerivations());
  }

  @Test
  void retryChangesIdentifierAndKeys() {
    byte[] token = new byte[90];
    InitialSealer second = new InitialSealer(SERVER_ID, InitialSealer.V1, true);
    fromClient(initial(0, crypto(HELLO, 0, 900)));
    fromServer(RfcVectors.V1_RETRY);
    fromClient(second.seal(1, SERVER_ID, SCID, token, 1, crypto(HELLO, 900, HELLO.length)));
    assertHello();
    flow.reset();
    fromClient(second.seal(1, SERVER_ID, SCID, token, 5, crypto(HELLO, 0, HELLO.length)));
    assertHello();
  }

  @Test
  void secondConnectionOnTheSamePortsIsNotMixedWithTheFirst() {
    byte[] other = HelloBuilder.browser("other.example", "h3").message();
    InitialSealer second = new InitialSealer(SERVER_ID, InitialSealer.V1, true);
    fromClient(initial(0, crypto(other, 0, 900)));
    fromClient(second.seal(1, SERVER_ID, SCID, NONE, 0, crypto(HELLO, 900, HELLO.length)));
    assertEquals(QuicStatus.INITIAL, flow.status());
    fromClient(second.seal(1, SERVER_ID, SCID, NONE, 1, crypto(HELLO, 0, 900)));
    assertHello();
  }

  @Test
  void coalescedPacketsAreTakenApartByTheirLengths() {
    byte[] zeroRtt = client.seal(1, 0x10, DCID, SCID, NONE, 0, NONE, 0);
    byte[] first = client.seal(1, 0, DCID, SCID, NONE, 0, crypto(HELLO, 0, 500), 0);
    byte[] second = client.seal(1, 0, DCID, SCID, NONE, 1, crypto(HELLO, 500, HELLO.length), 0);
    byte[] shortHeader = new byte[60];
    shortHeader[0] = 0x41;
    // The sealer writes a token length into every header, which 0-RTT lacks: drop those 4 bytes.
    byte[] fixed = dropTokenLength(zeroRtt);
    fromClient(join(fixed, first, second, shortHeader));
    assertHello();
  }

  @Test
  void upgradeFromVersion1To2KeepsTheIdentifierOfTheKeys() {
    InitialSealer v2 = new InitialSealer(DCID, InitialSealer.V2, true);
    fromClient(initial(0, crypto(HELLO, 0, 900)));
    fromClient(
        v2.seal(InitialSealer.V2, SERVER_ID, SCID, NONE, 1, crypto(HELLO, 900, HELLO.length)));
    assertHello();
    assertEquals(QuicVersion.V1, flow.version());
  }

  @Test
  void versionNegotiationBeginsTheHelloAnew() {
    byte[] reserved = client.seal(0x1a2a3a4a, DCID, SCID, NONE, 0, new byte[] {1});
    reserved[20] ^= 1;
    assertEquals(QuicStatus.HEADER, fromClient(reserved));
    assertEquals(0x1a2a3a4a, flow.version());
    fromServer(hex("f300000000" + "08c101c102c103c104" + "088394c8f03e515708" + "00000001"));
    assertTrue(flow.versionNegotiationSeen());
    fromClient(initial(0, crypto(HELLO, 0, HELLO.length)));
    assertHello();
  }

  @ParameterizedTest
  @ValueSource(ints = {0xff000016, 0xff00001b, 0xff00001d, 0xff000022, 1, 0x6b3343cf})
  void everyKnownVersionIsDecrypted(int version) {
    InitialSealer sealer = new InitialSealer(DCID, version, true);
    fromClient(sealer.seal(version, DCID, SCID, NONE, 0, crypto(HELLO, 0, HELLO.length)));
    assertHello();
    assertEquals(version, flow.version());
  }

  @Test
  void unknownVersionWithTheKeysOfVersion1IsDecrypted() {
    fromClient(client.seal(0xabcd0001, DCID, SCID, NONE, 0, crypto(HELLO, 0, HELLO.length)));
    assertHello();
    assertEquals(0xabcd0001, flow.version());
    assertEquals(1, counters.unknownVersions());
  }

  @Test
  void greasedVersionWithTheKeysOfDraft29IsDecrypted() {
    InitialSealer sealer = new InitialSealer(DCID, 0xff00001d, true);
    fromClient(sealer.seal(0x0a0a0a0a, DCID, SCID, NONE, 0, crypto(HELLO, 0, 800)));
    fromClient(sealer.seal(0x0a0a0a0a, DCID, SCID, NONE, 1, crypto(HELLO, 800, HELLO.length)));
    assertHello();
    assertEquals(0x0a0a0a0a, flow.version());
    assertEquals(1, counters.failedDecryptions());
  }

  @Test
  void unknownVersionThatDoesNotDecryptIsNotQuic() {
    byte[] packet = client.seal(0xabcd0001, DCID, SCID, NONE, 0, crypto(HELLO, 0, HELLO.length));
    packet[100] ^= 1;
    assertEquals(QuicStatus.NOT_QUIC, fromClient(packet));
    assertFalse(flow.wantsMore());
  }

  @Test
  void greasedFixedBitIsAccepted() {
    byte[] frames = crypto(HELLO, 0, HELLO.length);
    byte[] packet = new InitialSealer(DCID, 1, true).sealGreased(DCID, SCID, frames);
    assertEquals(0, packet[0] & 0x40);
    fromClient(packet);
    assertHello();
  }

  @Test
  void packetCutBySnapLengthGivesTheNameWithoutCertainty() {
    byte[] hello = new HelloBuilder().sni("dns.example").alpn("doq").keyShare(29, 900).message();
    byte[] packet = initial(0, crypto(hello, 0, hello.length));
    assertEquals(QuicStatus.HEADER, fromClient(Arrays.copyOf(packet, 300)));
    assertEquals(QuicStatus.PARTIAL_CLIENT_HELLO, flow.finish());
    assertEquals("dns.example", flow.hello().sni());
    assertTrue(flow.hello().offers(AlpnProtocol.DOQ));
    assertFalse(flow.authenticated());
  }

  @Test
  void damagedInitialIsAHeaderAndNoMore() {
    byte[] packet = initial(0, crypto(HELLO, 0, HELLO.length));
    packet[packet.length - 1] ^= 1;
    assertEquals(QuicStatus.HEADER, fromClient(packet));
    assertFalse(flow.authenticated());
    assertEquals(1, counters.failedDecryptions());
  }

  @Test
  void lostDatagramLeavesTheBeginningOfTheHello() {
    byte[] hello = new HelloBuilder().sni("dns.example").keyShare(0x11ec, 1216).message();
    fromClient(initial(0, crypto(hello, 0, 800)));
    assertEquals(QuicStatus.PARTIAL_CLIENT_HELLO, flow.finish());
    assertEquals("dns.example", flow.hello().sni());
    assertTrue(flow.authenticated());
  }

  @Test
  void googleQuicIsRecognised() {
    assertEquals(
        QuicStatus.GQUIC,
        fromClient(join(hex("0d0102030405060708"), ascii("Q043"), new byte[1200])));
    assertEquals(0x51303433, flow.version());
    for (String version : new String[] {"Q046", "Q050", "T050", "T051"}) {
      flow.reset();
      byte[] datagram = join(hex("c3"), ascii(version), hex("5008070605040302"), new byte[1200]);
      assertEquals(QuicStatus.GQUIC, fromClient(datagram));
    }
  }

  @Test
  void otherProtocolsAreNotQuic() {
    byte[] dns = hex("abcd01000001000000000000");
    byte[] dtls = hex("16fefd000000000000000000aa");
    byte[] stun = hex("000100002112a442000000000000000000000000");
    byte[] rtp = hex("8060aabb00000001deadbeef00112233");
    for (byte[] datagram : List.of(dns, dtls, stun, rtp)) {
      flow.reset();
      assertEquals(QuicStatus.NOT_QUIC, fromClient(datagram));
    }
    flow.reset();
    assertEquals(QuicStatus.UNDECIDED, fromClient(hex("40" + "aa".repeat(40))));
  }

  @Test
  void attemptsAreBoundedForAFlow() {
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      byte[] id = new byte[8];
      random.nextBytes(id);
      byte[] packet = initial(i, PING);
      System.arraycopy(id, 0, packet, 6, 8);
      fromClient(packet);
    }
    assertEquals(InitialKeyring.MAX_ATTEMPTS, counters.failedDecryptions());
    assertFalse(flow.wantsMore());
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
  void cryptoDataThatIsNoClientHelloIsCountedAndEndsTheReading() {
    fromClient(initial(0, crypto(new byte[] {2, 0, 0, 9}, 0, 4)));
    assertEquals(QuicStatus.INITIAL, flow.status());
    assertFalse(flow.wantsMore());
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
  void connectionCloseIsNoticed() {
    fromClient(initial(0, hex("1c" + "01" + "00" + "00")));
    assertTrue(flow.closed());
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

  private List<byte[]> threeDatagrams() {
    return List.of(
        initial(0, crypto(HELLO, 0, 500)),
        initial(1, crypto(HELLO, 500, 1100)),
        initial(2, crypto(HELLO, 1100, HELLO.length)));
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

  private static byte[] dropTokenLength(byte[] packet) {
    int position = 7 + DCID.length + SCID.length;
    return join(
        Arrays.copyOf(packet, position), Arrays.copyOfRange(packet, position + 4, packet.length));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] initial(int number, byte[] frames) {
    return client.seal(1, DCID, SCID, NONE, number, frames);
  }

  private void assertHello() {
    assertEquals(QuicStatus.CLIENT_HELLO, flow.status());
    assertEquals("dns.example", flow.hello().sni());
    assertEquals("h3,doq", flow.hello().alpn());
    assertTrue(flow.authenticated());
    assertFalse(flow.wantsMore());
    assertEquals(0, memory.usedBytes());
  }

  private static ByteBuf wrap(byte[] bytes) {
    return Unpooled.wrappedBuffer(bytes);
  }

  private QuicStatus fromClient(byte[] datagram) {
    return flow.onClientDatagram(wrap(datagram), 0, datagram.length, 0);
  }

  private QuicStatus fromServer(byte[] datagram) {
    return flow.onServerDatagram(wrap(datagram), 0, datagram.length, 0);
  }
}
