// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.classifier.quic.RfcVectors.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Known, greased and unknown versions, and how one becomes another. */
class QuicVersionTest extends QuicFlowCase {
  private static final int UNKNOWN = 0xabcd0001;
  private static final int GREASED = 0x1a2a3a4a;
  private static final byte[] VERSION_NEGOTIATION =
      hex("f300000000" + "08c101c102c103c104" + "088394c8f03e515708" + "00000001" + "6b3343cf");

  static IntStream versions() {
    IntStream drafts = IntStream.rangeClosed(22, 34).map(draft -> 0xff000000 | draft);
    return IntStream.concat(
        drafts, IntStream.of(1, 0x6b3343cf, 0x709a50c4, 0xfaceb001, 0xfaceb002, 0xfaceb00e));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyKnownVersionIsDecrypted(int version) {
    InitialSealer sealer = new InitialSealer(DCID, version, true);
    fromClient(sealer.seal(version, DCID, SCID, NONE, 0, crypto(HELLO, 0, HELLO.length)));
    assertHello();
    assertEquals(version, flow.version());
    assertEquals(0, counters.failedDecryptions());
  }

  @Test
  void upgradeFromVersion1To2KeepsTheIdentifierOfTheKeys() {
    InitialSealer v2 = new InitialSealer(DCID, InitialSealer.V2, true);
    fromClient(initial(0, crypto(HELLO, 0, 900)));
    fromServer(answer(InitialSealer.V2));
    fromClient(
        v2.seal(InitialSealer.V2, SERVER_ID, SCID, NONE, 1, crypto(HELLO, 900, HELLO.length)));
    assertHello();
    assertEquals(QuicVersion.V2, flow.version());
  }

  @Test
  void upgradeInTheAnswerToAWholeHelloIsNoticed() {
    fromClient(initial(0, crypto(HELLO, 0, HELLO.length)));
    assertEquals(QuicVersion.V1, flow.version());
    fromServer(answer(InitialSealer.V2));
    assertEquals(QuicVersion.V2, flow.version());
    assertTrue(flow.over());
  }

  @Test
  void versionNegotiationBeginsTheHelloAnew() {
    byte[] reserved = client.seal(GREASED, DCID, SCID, NONE, 0, new byte[] {1});
    reserved[20] ^= 1;
    assertEquals(QuicStatus.HEADER, fromClient(reserved));
    assertEquals(GREASED, flow.version());
    fromServer(VERSION_NEGOTIATION);
    assertTrue(flow.versionNegotiationSeen());
    fromClient(initial(0, crypto(HELLO, 0, HELLO.length)));
    assertHello();
    assertEquals(QuicVersion.V1, flow.version());
  }

  @Test
  void versionNegotiationAfterAWholeHelloIsNoAnswerYet() {
    fromClient(client.seal(GREASED, DCID, SCID, NONE, 0, crypto(HELLO, 0, HELLO.length)));
    assertEquals(GREASED, flow.version());
    fromServer(VERSION_NEGOTIATION);
    assertFalse(flow.over());
    fromClient(initial(1, crypto(HELLO, 0, HELLO.length)));
    assertEquals(QuicVersion.V1, flow.version());
    fromServer(answer(1));
    assertTrue(flow.over());
    assertHello();
  }

  @Test
  void unknownVersionWithTheKeysOfVersion1IsDecrypted() {
    fromClient(client.seal(UNKNOWN, DCID, SCID, NONE, 0, crypto(HELLO, 0, HELLO.length)));
    assertHello();
    assertEquals(UNKNOWN, flow.version());
    assertEquals(1, counters.unknownVersions());
  }

  @Test
  void unknownVersionWithTheKeysAndTypesOfVersion2IsDecrypted() {
    InitialSealer v2 = new InitialSealer(DCID, InitialSealer.V2, true);
    byte[] frames = crypto(HELLO, 0, HELLO.length);
    fromClient(v2.seal(UNKNOWN, 0x10, DCID, SCID, NONE, 0, frames, 1200));
    assertHello();
    assertEquals(UNKNOWN, flow.version());
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
  void unknownVersionThatDoesNotDecryptIsQuicByItsShape() {
    byte[] packet = client.seal(UNKNOWN, DCID, SCID, NONE, 0, crypto(HELLO, 0, HELLO.length));
    packet[100] ^= 1;
    for (int i = 0; i < 9; i++) {
      assertEquals(QuicStatus.HEADER, fromClient(packet));
    }
    assertEquals(UNKNOWN, flow.version());
    assertFalse(flow.authenticated());
    assertEquals(4, counters.failedDecryptions());
  }

  @Test
  void unknownVersionInAnyOtherShapeIsNotQuic() {
    byte[] packet = client.seal(UNKNOWN, DCID, SCID, NONE, 0, crypto(HELLO, 0, HELLO.length));
    packet[100] ^= 1;
    byte[] shortIdentifier = client.seal(UNKNOWN, new byte[4], SCID, NONE, 0, new byte[1200]);
    byte[] small = client.seal(UNKNOWN, 0, SERVER_ID, SCID, NONE, 0, PING, 0);
    byte[] handshake = packet.clone();
    handshake[0] |= 0x20;
    byte[] noFixedBit = packet.clone();
    noFixedBit[0] &= ~0x40;
    byte[] longer = client.seal(UNKNOWN, SERVER_ID, SCID, NONE, 0, new byte[1200]);
    longer[7 + SERVER_ID.length + SCID.length + 4] = 0x7f;
    for (byte[] datagram : new byte[][] {shortIdentifier, small, handshake, noFixedBit, longer}) {
      flow.reset();
      assertEquals(QuicStatus.NOT_QUIC, fromClient(datagram));
      assertTrue(flow.over());
    }
  }
}
