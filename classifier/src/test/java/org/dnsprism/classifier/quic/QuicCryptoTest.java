// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import static org.dnsprism.classifier.quic.RfcVectors.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 9001, appendix A, and RFC 9369, appendix A. */
class QuicCryptoTest {
  private final QuicCounters counters = new QuicCounters();
  private final QuicCrypto crypto = new QuicCrypto(new DecryptionBudget(1000), counters);

  @Test
  void keysOfVersion1AreThoseOfRfc9001AppendixA1() {
    assertKeys(
        QuicVersion.V1,
        true,
        "1f369613dd76d5467730efcbe3b1a22d",
        "fa044b2f42a3fd3b46fb255c",
        "9f50449e04a0e810283a1e9933adedd2");
    assertKeys(
        QuicVersion.V1,
        false,
        "cf3a5331653c364c88f0f379b6067e37",
        "0ac1493ca1905853b0bba03e",
        "c206b8d9b9f0f37644430b490eeaa314");
  }

  @Test
  void keysOfVersion2AreThoseOfRfc9369AppendixA1() {
    assertKeys(
        QuicVersion.V2,
        true,
        "8b1a0bc121284290a29e0971b5cd045d",
        "91f73e2351d8fa91660e909f",
        "45b95e15235d6f45a6b19cbcb0294ba9");
    assertKeys(
        QuicVersion.V2,
        false,
        "82db637861d55e1d011f19ea71d5d2a7",
        "dd13c276499c0249d3310652",
        "edf6d05c83121201b436e16877593c3a");
  }

  @Test
  void clientInitialOfRfc9001AppendixA2IsOpened() {
    assertOpens(
        RfcVectors.V1_CLIENT, QuicVersion.V1, true, 2, 1162, "060040f1010000ed0303ebf8fa56");
  }

  @Test
  void serverInitialOfRfc9001AppendixA3IsOpened() {
    assertOpens(
        RfcVectors.V1_SERVER, QuicVersion.V1, false, 1, 99, "02000000000600405a020000560303");
  }

  @Test
  void clientInitialOfRfc9369AppendixA2IsOpened() {
    assertOpens(
        RfcVectors.V2_CLIENT, QuicVersion.V2, true, 2, 1162, "060040f1010000ed0303ebf8fa56");
  }

  @Test
  void serverInitialOfRfc9369AppendixA3IsOpened() {
    assertOpens(
        RfcVectors.V2_SERVER, QuicVersion.V2, false, 1, 99, "02000000000600405a020000560303");
  }

  @Test
  void oneFlippedBitAnywhereIsNoticed() {
    InitialKeys keys = keys(QuicVersion.V1, true);
    LongHeader header = new LongHeader();
    for (int position = 6; position < RfcVectors.V1_CLIENT.length; position += 7) {
      byte[] damaged = RfcVectors.V1_CLIENT.clone();
      damaged[position] ^= 0x10;
      ByteBuf buffer = Unpooled.wrappedBuffer(damaged);
      if (header.read(buffer, 0, damaged.length) && header.end == damaged.length) {
        assertEquals(-1, crypto.open(keys, buffer, header, -1), "bit in byte " + position);
      }
    }
    assertTrue(counters.failedDecryptions() > 150);
  }

  @Test
  void packetNumberOfRfc9000AppendixA3IsDecoded() {
    assertEquals(0xa82f9b32L, PacketNumber.decode(0xa82f30eaL, 0x9b32, 16));
  }

  @Test
  void varintsOfRfc9000AppendixA1AreRead() {
    assertVarint("c2197c5eff14e88c", 151288809941952652L);
    assertVarint("9d7f3e7d", 494878333L);
    assertVarint("7bbd", 15293L);
    assertVarint("25", 37L);
    assertVarint("4025", 37L);
  }

  private void assertVarint(String bytes, long value) {
    ByteBuf buffer = Unpooled.wrappedBuffer(hex(bytes));
    assertTrue(Varint.fits(buffer, 0, bytes.length() / 2));
    assertEquals(value, Varint.value(buffer, 0));
  }

  private void assertKeys(int version, boolean client, String key, String iv, String hp) {
    InitialKeys keys = keys(version, client);
    assertArrayEquals(hex(key), encoded(keys.packetKey));
    assertArrayEquals(hex(iv), keys.iv);
    assertArrayEquals(hex(hp), encoded(keys.headerKey));
  }

  private static byte[] encoded(@Nullable SecretKey key) {
    return Objects.requireNonNull(key).getEncoded();
  }

  private InitialKeys keys(int version, boolean client) {
    InitialKeys keys = new InitialKeys();
    keys.setConnectionId(Unpooled.wrappedBuffer(RfcVectors.DCID), 0, RfcVectors.DCID.length);
    crypto.derive(keys, version, client);
    return keys;
  }

  private void assertOpens(
      byte[] packet, int version, boolean client, int number, int length, String start) {
    LongHeader header = new LongHeader();
    ByteBuf buffer = Unpooled.wrappedBuffer(packet);
    assertTrue(header.read(buffer, 0, packet.length));
    assertEquals(LongHeader.INITIAL, header.type);
    assertEquals(version, header.version);
    assertEquals(packet.length, header.end);
    assertEquals(length, crypto.open(keys(version, client), buffer, header, -1));
    assertEquals(number, crypto.packetNumber());
    byte[] expected = hex(start);
    byte[] plain = new byte[expected.length];
    crypto.plaintext().getBytes(0, plain);
    assertArrayEquals(expected, plain);
  }
}
