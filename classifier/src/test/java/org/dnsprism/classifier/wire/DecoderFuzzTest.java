// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Seeded mutations of the hand-made frames: each ends with one status and sound fields. */
class DecoderFuzzTest {
  private static final int ROUNDS = 1000;
  private static final int[] LINK_TYPES = {
    0, 1, 9, 10, 12, 14, 50, 51, 100, 101, 104, 105, 107, 108, 113, 127, 149, 166, 192, 204, 228,
    229, 239, 258, 276
  };

  private final RandomGenerator random = new Random(20_261_123);
  private final List<FrameCase> frames = FrameCases.all();
  private final Decoding decoding = new Decoding();
  private final Map<DecodeStatus, Integer> statuses = new EnumMap<>(DecodeStatus.class);
  private long time;

  @Test
  void mutatedFramesAreDecodedOrCounted() {
    for (int round = 0; round < ROUNDS; round++) {
      for (FrameCase frame : frames) {
        decode(frame.linkType(), mutated(frame.bytes()));
      }
    }
    assertEquals(ROUNDS * frames.size(), statuses.values().stream().mapToInt(n -> n).sum());
    Set<DecodeStatus> never = EnumSet.complementOf(EnumSet.copyOf(statuses.keySet()));
    never.removeAll(EnumSet.of(DecodeStatus.LINK_TYPE, DecodeStatus.TOO_DEEP));
    assertEquals(Set.of(), never);
  }

  @Test
  void randomBytesOfAnyLinkTypeAreDecodedOrCounted() {
    for (int round = 0; round < 20 * ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      decode(LINK_TYPES[random.nextInt(LINK_TYPES.length)], bytes);
    }
    assertTrue(statuses.size() > 3, statuses::toString);
  }

  private void decode(int linkType, byte[] bytes) {
    time += random.nextLong(100_000_000);
    int wire = bytes.length + (random.nextBoolean() ? 0 : random.nextInt(100));
    statuses.merge(decoding.decode(linkType, bytes, wire, time), 1, Integer::sum);
    if (random.nextInt(50) == 0) {
      decoding.decoder.release();
    }
  }

  private byte[] mutated(byte[] bytes) {
    int mutations = random.nextInt(4);
    byte[] result = bytes;
    for (int i = 0; i <= mutations; i++) {
      result = mutatedOnce(result);
    }
    return result;
  }

  private byte[] mutatedOnce(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 4 -> {
        return spliced(bytes, at);
      }
      default -> {
        // Any header may follow any other one.
        byte[] other = frames.get(random.nextInt(frames.size())).bytes();
        System.arraycopy(other, 0, bytes, at, Math.min(other.length, bytes.length - at));
      }
    }
    return bytes;
  }

  /** A part of the frame twice. */
  private byte[] spliced(byte[] bytes, int at) {
    int length = random.nextInt(bytes.length - at + 1);
    byte[] result = Arrays.copyOf(bytes, bytes.length + length);
    System.arraycopy(bytes, at, result, at + length, bytes.length - at);
    return result;
  }
}
