// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.dnsprism.capture.DamagedCaptureException;
import org.dnsprism.capture.FrameHandler;
import org.dnsprism.capture.FrameSource;

/**
 * What a source gave until its end.
 *
 * @param frames all that were delivered
 * @param damage the message of the exception that ended it, or nothing
 */
record Reading(List<TestFrame> frames, String damage) {
  private static final int BATCH = 64;

  /** Reads a capture that is in memory; its name is "test". */
  static Reading of(byte[] capture) throws IOException {
    return of(Channels.newChannel(new ByteArrayInputStream(capture)), BATCH);
  }

  static Reading of(ReadableByteChannel channel, int batch) throws IOException {
    try (CaptureFile file = new CaptureFile("test", new Chunk(channel))) {
      return of(file, batch);
    }
  }

  static Reading of(FrameSource source) throws IOException {
    return of(source, BATCH);
  }

  /**
   * Polls to the end, which must stay the end. Frames are looked at only after the poll that
   * delivered them, when they must still be there.
   */
  static Reading of(FrameSource source, int batch) throws IOException {
    List<TestFrame> frames = new ArrayList<>();
    String damage = "";
    try {
      while (pollOnce(source, batch, frames) != FrameSource.END) {
        assertTrue(frames.size() < Integer.MAX_VALUE);
      }
    } catch (DamagedCaptureException e) {
      damage = String.valueOf(e.getMessage());
    }
    assertEquals(FrameSource.END, pollOnce(source, batch, frames));
    return new Reading(List.copyOf(frames), damage);
  }

  private static int pollOnce(FrameSource source, int batch, List<TestFrame> frames)
      throws IOException {
    List<Supplier<TestFrame>> delivered = new ArrayList<>();
    int count =
        source.poll(
            (buffer, offset, captured, wire, time, linkType, vlanTag) -> {
              assertEquals(FrameHandler.NO_VLAN_TAG, vlanTag);
              delivered.add(
                  () ->
                      new TestFrame(
                          ByteBufUtil.hexDump(buffer, offset, captured), wire, time, linkType));
            },
            batch);
    assertEquals(delivered.size(), Math.max(0, count));
    assertTrue(
        count == FrameSource.END || (count > 0 && count <= batch), "no empty poll of a file");
    delivered.forEach(frame -> frames.add(frame.get()));
    return count;
  }
}
