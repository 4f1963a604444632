// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records lie across every place where reading stops and goes on. */
class ChunkBoundariesTest {
  private static final int CHUNK = 1 << 20;
  private static final int LARGEST_FRAME = 262_144;

  /** A channel that gives this many bytes at once at most, and now and then none. */
  private record Dribble(ByteBuffer bytes, int most, SplittableRandom random)
      implements ReadableByteChannel {
    @Override
    public int read(ByteBuffer into) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int room = Math.min(into.remaining(), bytes.remaining());
      int count = Math.min(room, random.nextInt(most + 1));
      into.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static Reading readInPieces(CaptureBytes capture, int most, int batch)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(capture.bytes());
    return Reading.of(new Dribble(bytes, most, new SplittableRandom(most)), batch);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 5000})
  void piecesOfAnySizeMakeTheSameFrames(int most) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    PcapBytes pcap = new PcapBytes(PcapBytes.MICROSECONDS, ByteOrder.BIG_ENDIAN, 1);
    PcapngBytes blocks = PcapngBytes.of(ByteOrder.BIG_ENDIAN).network(1, 0);
    SnoopBytes snoop = new SnoopBytes(SnoopBytes.ETHERNET);
    for (int i = 0; i < 200; i++) {
      TestFrame frame = TestFrame.random(random, random.nextInt(400), i * 1_000_000L);
      pcap.add(frame);
      blocks.enhanced(0, i * 1000L, frame).block(PcapngBytes.LOCAL_BLOCK, blocks.body(0));
      snoop.add(frame);
    }
    for (CaptureBytes capture : new CaptureBytes[] {pcap, blocks, snoop}) {
      for (int batch : new int[] {1, 3, 1000}) {
        assertEquals(new Reading(capture.frames(), ""), readInPieces(capture, most, batch));
      }
    }
  }

  /** The end of the first chunk falls on each byte of a record, from before it to behind it. */
  @Test
  void recordAcrossTheEndOfTheChunkIsWhole() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    TestFrame frame = TestFrame.random(random, 20, 1_000_000_007L);
    for (int before = 0; before <= 40; before++) {
      PcapBytes pcap = PcapBytes.of(Inputs.frames(before, 0, 0, 0));
      int rest = CHUNK - before - 24;
      for (int i = 0; i < 3; i++) {
        rest -= 16 + LARGEST_FRAME;
        pcap.add(TestFrame.of(new byte[LARGEST_FRAME], LARGEST_FRAME, i));
      }
      pcap.add(TestFrame.of(new byte[rest - 16], rest, 3));
      assertEquals(CHUNK - before, pcap.bytes().length);
      pcap.add(frame);
      pcap.add(frame);
      assertEquals(new Reading(pcap.frames(), ""), Reading.of(pcap.bytes()));
    }
  }

  @Test
  void framesOfManyChunksAreAllRead() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    PcapngBytes blocks = PcapngBytes.of(ByteOrder.LITTLE_ENDIAN).network(1, 0);
    for (int i = 0; i < 100; i++) {
      int length = random.nextInt(4) == 0 ? LARGEST_FRAME : random.nextInt(LARGEST_FRAME);
      blocks.enhanced(0, i, TestFrame.random(random, length, i * 1000L));
      blocks.block(PcapngBytes.LOCAL_BLOCK, blocks.body(length).position(length & ~3));
    }
    assertEquals(new Reading(blocks.frames(), ""), Reading.of(blocks.bytes()));
  }
}
