// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The walker passes every record header, however the stream is cut and where it has holes. */
class RecordWalkerTest {
  private static final int[] LENGTHS = {517, 1, 53, 66, 0, 147, 16401, 24};

  private final RecordWalker walker = new RecordWalker();
  private final List<String> seen = new ArrayList<>();
  private final RecordSink sink =
      new RecordSink() {
        @Override
        public void onRecord(int type, int length) {
          seen.add(type + ":" + length);
        }

        @Override
        public void onLoss() {
          seen.add("loss");
        }
      };

  @BeforeEach
  void begin() {
    walker.reset(true);
  }

  @Test
  void tellsEachRecordWhereverTheStreamIsCut() {
    byte[] stream = records(LENGTHS);
    List<String> expected = Arrays.stream(LENGTHS).mapToObj(length -> "23:" + length).toList();
    for (int size : new int[] {1, 2, 3, 5, 7, 100, 1448, stream.length}) {
      seen.clear();
      walker.reset(true);
      for (int at = 0; at < stream.length; at += size) {
        feed(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size)));
      }
      assertEquals(expected, seen, "pieces of " + size);
    }
  }

  @Test
  void aHoleWithinARecordLosesNothing() {
    byte[] stream = records(300, 40, 50);
    feed(Arrays.copyOf(stream, 105));
    walker.gap(200, sink);
    feed(Arrays.copyOfRange(stream, 305, stream.length));
    assertEquals(List.of("23:300", "23:40", "23:50"), seen);
  }

  @Test
  void behindAHoleOverAHeaderTheNextOneIsFound() {
    byte[] stream = records(300, 400, 50, 60);
    feed(Arrays.copyOf(stream, 105));
    walker.gap(400, sink); // into the second record
    feed(Arrays.copyOfRange(stream, 505, stream.length));
    assertEquals(List.of("23:300", "loss", "23:50", "23:60"), seen);
  }

  @Test
  void aStreamJoinedMidwayIsSearchedForAHeader() {
    walker.reset(false);
    feed(Arrays.copyOfRange(records(300, 50, 60), 17, 425));
    assertEquals(List.of("23:50", "23:60"), seen);
  }

  @Test
  void bytesThatAreNoRecordsAreALoss() {
    feed(new byte[] {22, 3, 1, 0, 1, 9, 71, 69, 84, 32, 47});
    assertEquals(List.of("22:1", "loss"), seen);
  }

  @Test
  void theSearchIsGivenUp() {
    walker.reset(false);
    Random random = new Random(1);
    byte[] noise = new byte[100];
    for (int i = 0; i < 63; i++) {
      random.nextBytes(noise);
      feed(noise);
      assertFalse(walker.lost());
    }
    feed(new byte[100]);
    assertTrue(walker.lost());
    feed(records(40, 40));
    assertEquals(List.of(), seen);
  }

  private void feed(byte[] piece) {
    walker.bytes(Unpooled.wrappedBuffer(piece), 0, piece.length, sink);
  }

  /** Records of application data, filled with bytes that are no header. */
  private static byte[] records(int... lengths) {
    ByteBuf buffer = Unpooled.buffer();
    for (int length : lengths) {
      buffer.writeByte(23).writeShort(0x0303).writeShort(length).writeZero(length);
    }
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }
}
