// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;
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

  /** Whether no frame will follow. */
  boolean ended() {
    return ended;
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
    if (!guardedFill(4)) {
      throw broken(chunk.available() == 0 ? "the file is empty" : "too short for a capture");
    }
    int magic = chunk.view().getInt(chunk.position());
    if (PcapngReader.knows(magic)) {
      reader = new PcapngReader();
    } else if (SnoopReader.knows(magic)) {
      reader = new SnoopReader();
    } else if (!PcapReader.knows(magic)) {
      throw broken("not a capture file (pcap, pcapng or snoop)");
    }
    reader.begin(chunk);
    if (reader.needed > chunk.available()) {
      throw broken("the file header is cut off");
    }
  }

  private boolean fill() throws IOException {
    if (guardedFill(reader.needed)) {
      return true;
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
    if (!chunk.skipLong(length)) {
      throw broken("cut off in the middle of a block");
    }
    return true;
  }

  private boolean guardedFill(int bytes) throws IOException {
    try {
      return chunk.fill(bytes);
    } catch (EOFException | ZipException e) {
      throw broken("the compressed data is damaged: " + e.getMessage());
    }
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
