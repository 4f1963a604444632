// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random datagrams in random fragments: the same datagram comes out, or a drop is counted. */
class FragmentPropertyTest {
  private static final int ROUNDS = 400;

  private final Random random = new Random(20_261_123);
  private Decoding decoding = new Decoding();
  private int identification;

  /** A piece of a datagram, from one byte up to another. */
  private record Piece(int start, int end) {}

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anySplitInAnyOrderIsPutTogether(boolean six) {
    for (int round = 1; round <= ROUNDS; round++) {
      byte[] payload = payload();
      Fragments fragments = fragments(six, payload);
      List<Piece> pieces = pieces(fragments);
      Collections.shuffle(pieces, random);
      for (Piece piece : pieces.subList(0, pieces.size() - 1)) {
        assertEquals(DecodeStatus.FRAGMENT, decode(fragments, piece));
      }
      assertEquals(DecodeStatus.TRANSPORT, decode(fragments, pieces.get(pieces.size() - 1)));
      assertPayload(payload);
      assertEquals(round, decoding.decoder.reassembledDatagrams());
      assertEquals(0, decoding.decoder.lostFragments());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void repeatsBeforeTheLastFragmentDoNoHarm(boolean six) {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] payload = payload();
      Fragments fragments = fragments(six, payload);
      List<Piece> pieces = pieces(fragments);
      Collections.shuffle(pieces, random);
      Piece last = pieces.remove(pieces.size() - 1);
      List<Piece> twice = new ArrayList<>(pieces);
      twice.addAll(pieces.subList(0, random.nextInt(pieces.size() + 1)));
      Collections.shuffle(twice, random);
      twice.forEach(piece -> assertEquals(DecodeStatus.FRAGMENT, decode(fragments, piece)));
      assertEquals(DecodeStatus.TRANSPORT, decode(fragments, last));
      assertPayload(payload);
      assertEquals(0, decoding.decoder.lostFragments());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void datagramWithAnOverlapIsDroppedAndCounted(boolean six) {
    for (int round = 0; round < ROUNDS; round++) {
      decoding = new Decoding();
      Fragments fragments = fragments(six, payload());
      List<Piece> pieces = pieces(fragments);
      Collections.shuffle(pieces, random);
      int before = 1 + random.nextInt(pieces.size() - 1);
      List<Piece> early = pieces.subList(0, before);
      early.forEach(piece -> assertEquals(DecodeStatus.FRAGMENT, decode(fragments, piece)));
      byte[] overlap = overlap(fragments, early.get(random.nextInt(before)));
      assertEquals(DecodeStatus.BAD_FRAGMENT, decoding.decode(1, overlap));
      assertEquals(before + 1, decoding.decoder.lostFragments());
      for (Piece piece : pieces.subList(before, pieces.size())) {
        assertEquals(DecodeStatus.FRAGMENT, decode(fragments, piece));
      }
      assertEquals(0, decoding.decoder.reassembledDatagrams());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void datagramsInterleavedAreKeptApart(boolean six) {
    for (int round = 0; round < ROUNDS / 20; round++) {
      List<byte[]> payloads = new ArrayList<>();
      List<byte[]> frames = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        byte[] payload = payload();
        payloads.add(payload);
        Fragments fragments = fragments(six, payload);
        pieces(fragments).forEach(piece -> frames.add(fragments.frame(piece.start(), piece.end())));
      }
      Collections.shuffle(frames, random);
      List<byte[]> whole = new ArrayList<>();
      for (byte[] frame : frames) {
        if (decoding.decode(1, frame) == DecodeStatus.TRANSPORT) {
          whole.add(decoding.payload());
        }
      }
      decoding.decoder.release();
      assertEquals(20, whole.size());
      payloads.forEach(p -> assertTrue(whole.removeIf(found -> Arrays.equals(found, p))));
    }
    assertEquals(0, decoding.decoder.lostFragments());
  }

  private DecodeStatus decode(Fragments fragments, Piece piece) {
    return decoding.decode(1, fragments.frame(piece.start(), piece.end()));
  }

  private void assertPayload(byte[] payload) {
    assertEquals(40_000, decoding.packet.sourcePort());
    assertEquals(payload.length, decoding.packet.payloadLength());
    assertArrayEquals(payload, decoding.payload());
    decoding.decoder.release();
  }

  /** Mostly of the size of DNS over UDP, sometimes of any size. */
  private byte[] payload() {
    byte[] payload =
        new byte[random.nextInt(10) == 0 ? random.nextInt(65_000) : 9 + random.nextInt(4096)];
    random.nextBytes(payload);
    return payload;
  }

  private Fragments fragments(boolean six, byte[] payload) {
    int id = ++identification;
    return six ? Fragments.ofIpv6(id, payload) : Fragments.ofIpv4(id, payload);
  }

  /** At least two pieces; all but the last are of a multiple of eight bytes. */
  private List<Piece> pieces(Fragments fragments) {
    int length = fragments.length();
    int largest = 1 + random.nextInt((length + 7) / 8 - 1);
    List<Piece> pieces = new ArrayList<>();
    int start = 0;
    while (start < length) {
      int most = Math.min(largest, (length - 1) / 8);
      int end = Math.min(length, start + 8 * (1 + random.nextInt(most)));
      pieces.add(new Piece(start, end));
      start = end;
    }
    return pieces;
  }

  /** Other bytes for a part of a piece, or for the piece and what is before or behind it. */
  private byte[] overlap(Fragments fragments, Piece piece) {
    int blocks = (piece.end() - piece.start() + 7) / 8;
    int start = Math.max(0, piece.start() + 8 * (random.nextInt(blocks + 2) - 2));
    int end = piece.start() + 8 * (1 + random.nextInt(blocks));
    byte[] bytes = new byte[Math.max(8, Math.min(end, fragments.length()) - start & ~7)];
    Arrays.fill(bytes, (byte) random.nextInt(256));
    return fragments.frame(start, bytes, true);
  }
}
