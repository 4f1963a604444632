// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.dnsprism.capture.DamagedCaptureException;
import org.dnsprism.capture.FrameSource;
import org.junit.jupiter.api.Test;

/** Inputs beyond 4 GiB, which are made while they are read. */
class LargeInputTest {
  private static final long FOUR_GIB = 1L << 32;

  /** A head, then the same bytes over and over up to a length. */
  private static final class Repeated implements ReadableByteChannel {
    private final ByteBuffer head;
    private final ByteBuffer body;
    private long left;

    Repeated(byte[] head, byte[] body, long length) {
      this.head = ByteBuffer.wrap(head);
      this.body = ByteBuffer.wrap(body);
      left = length;
    }

    @Override
    public int read(ByteBuffer into) {
      if (left == 0) {
        return -1;
      }
      ByteBuffer from = head.hasRemaining() ? head : body.hasRemaining() ? body : body.rewind();
      int count = (int) Math.min(left, Math.min(into.remaining(), from.remaining()));
      into.put(from.slice(from.position(), count));
      from.position(from.position() + count);
      left -= count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static byte[] largestFrame() {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(1, 0, 0, 0));
    pcap.add(TestFrame.of(new byte[262_144], 262_144, 0));
    return pcap.bytes();
  }

  @Test
  void framesAndPlacesBeyondFourGibAreRight() throws IOException {
    byte[] file = largestFrame();
    byte[] header = Arrays.copyOf(file, 24);
    byte[] record = Arrays.copyOfRange(file, 24, file.length);
    long whole = FOUR_GIB / record.length + 10;
    long end = 24 + whole * record.length;
    long[] seen = new long[2];
    try (CaptureFile capture =
        new CaptureFile("test", new Chunk(new Repeated(header, record, end + 100)))) {
      DamagedCaptureException cut =
          assertThrows(
              DamagedCaptureException.class,
              () -> {
                while (countFrames(capture, seen)) {}
              });
      assertEquals("test: cut off in the middle of a record, at byte " + end, cut.getMessage());
    }
    assertEquals(whole, seen[0]);
    assertEquals(whole * 262_144, seen[1]);
  }

  /** A block may say that it is as long as 32 bits can tell; nobody keeps it. */
  @Test
  void blockOfNearlyFourGibIsPassedOver() throws IOException {
    long length = 0xffff_fffcL;
    PcapngBytes start = PcapngBytes.of(ByteOrder.LITTLE_ENDIAN).network(1, 0);
    int before = start.bytes().length;
    start.append(start.body(8).putInt(PcapngBytes.LOCAL_BLOCK).putInt((int) length));
    long[] seen = new long[2];
    long end = before + length;
    try (CaptureFile capture =
        new CaptureFile("test", new Chunk(new Repeated(start.bytes(), new byte[1 << 20], end)))) {
      assertEquals(FrameSource.END, capture.poll((b, o, c, w, t, l, v) -> seen[0]++, 10));
    }
    assertEquals(0, seen[0]);
    try (CaptureFile capture =
        new CaptureFile("test", new Chunk(new Repeated(start.bytes(), new byte[9999], end - 1)))) {
      DamagedCaptureException cut =
          assertThrows(
              DamagedCaptureException.class,
              () -> capture.poll((b, o, c, w, t, l, v) -> seen[0]++, 10));
      assertEquals(
          "test: cut off in the middle of a block, at byte " + (end - 1), cut.getMessage());
    }
  }

  private static boolean countFrames(FrameSource source, long[] seen) throws IOException {
    return source.poll(
            (buffer, offset, captured, wire, time, link, tag) -> {
              seen[0]++;
              seen[1] += captured;
            },
            64)
        != FrameSource.END;
  }
}
