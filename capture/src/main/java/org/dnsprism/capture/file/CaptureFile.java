// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.io.IOException;
import org.dnsprism.capture.DamagedCaptureException;
import org.dnsprism.capture.FrameHandler;
import org.dnsprism.capture.FrameSource;

/**
 * One capture as a source of frames. It can also be looked at one frame ahead, so that several can
 * be merged by time: {@link #advance} finds the next frame, {@link #deliver} hands it out.
 */
final class CaptureFile implements FrameSource {
  private final String name;
  private final Chunk chunk;
  private RecordReader reader = new PcapReader();
  private boolean begun;
  private boolean ready;
  private boolean ended;

  CaptureFile(String name, Chunk chunk) {
    this.name = name;
    this.chunk = chunk;
  }

  @Override
  public int poll(FrameHandler handler, int limit) throws IOException {
    int delivered = 0;
    while (delivered < limit) {
      if (!advance(delivered == 0)) {
        return delivered == 0 && ended ? END : delivered;
      }
      deliver(handler);
      delivered++;
    }
    return delivered;
  }

  /**
   * Finds the next frame.
   *
   * @param mayMove whether frames handed out before may become invalid
   * @return false at the end, or when the next frame cannot be had without moving
   */
  boolean advance(boolean mayMove) throws IOException {
    if (ready) {
      return true;
    }
    if (!begun && mayMove) {
      begin();
    }
    while (begun && !ended) {
      switch (reader.next(chunk)) {
        case FRAME -> {
          ready = true;
          return true;
        }
        case OTHER -> {
          if (reader.skip > 0 && !skipBlock(mayMove)) {
            return false;
          }
        }
        case NEED_BYTES -> {
          if (!mayMove || !fill()) {
            return false;
          }
        }
        case DAMAGED -> {
          if (!mayMove) {
            return false; // frames before the damage are handed out first
          }
          throw broken(reader.damage);
        }
      }
    }
    return false;
  }

  /** Time stamp of the frame found by {@link #advance}. */
  long timeNanos() {
    return reader.timeNanos;
  }

  /** Hands out the frame found by {@link #advance}. */
  void deliver(FrameHandler handler) {
    ready = false;
    handler.onFrame(
        chunk.view(),
        reader.frameOffset,
        reader.capturedLength,
        reader.wireLength,
        reader.timeNanos,
        reader.linkType,
        FrameHandler.NO_VLAN_TAG);
  }

  private void begin() throws IOException {
    begun = true;
    try {
      identify();
      reader.begin(chunk);
    } catch (DamagedCaptureException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
    if (reader.needed > chunk.available()) {
      throw broken("the file header is cut off");
    }
  }

  private void identify() throws IOException {
    if (!chunk.fill(4)) {
      throw new DamagedCaptureException(
          chunk.available() == 0 ? "the file is empty" : "too short for a capture");
    }
    int magic = chunk.view().getInt(chunk.position());
    if (PcapngReader.knows(magic)) {
      reader = new PcapngReader();
    } else if (SnoopReader.knows(magic)) {
      reader = new SnoopReader();
    } else if (!PcapReader.knows(magic)) {
      throw new DamagedCaptureException("not a capture file (pcap, pcapng or snoop)");
    }
  }

  private boolean fill() throws IOException {
    try {
      if (chunk.fill(reader.needed)) {
        return true;
      }
    } catch (DamagedCaptureException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
    if (chunk.available() > 0) {
      throw broken("cut off in the middle of a record");
    }
    ended = true;
    return false;
  }

  private boolean skipBlock(boolean mayMove) throws IOException {
    if (!mayMove) {
      return false;
    }
    long length = reader.skip;
    reader.skip = 0;
    try {
      if (chunk.skipLong(length)) {
        return true;
      }
    } catch (DamagedCaptureException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
    throw broken("cut off in the middle of a block");
  }

  private DamagedCaptureException broken(String what) {
    ended = true;
    return new DamagedCaptureException(
        "%s: %s, at byte %d".formatted(name, what, chunk.inputPosition()));
  }

  @Override
  public void close() throws IOException {
    ended = true;
    chunk.close();
  }
}
