// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.demo;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.dnsprism.capture.FrameHandler;
import org.dnsprism.capture.FrameSource;

/** Delivers the frames of a source as fast as they were captured, times a factor. */
final class PacedSource implements FrameSource {
  private final FrameSource source;
  private final double speed;
  private boolean started;
  private long firstFrameNanos;
  private long firstClockNanos;

  PacedSource(FrameSource source, double speed) {
    this.source = source;
    this.speed = speed;
  }

  @Override
  public int poll(FrameHandler handler, int limit) throws IOException {
    return source.poll(
        (buffer, offset, captured, wire, timeNanos, linkType, vlanTag) -> {
          await(timeNanos);
          handler.onFrame(buffer, offset, captured, wire, timeNanos, linkType, vlanTag);
        },
        limit);
  }

  private void await(long timeNanos) {
    if (!started) {
      started = true;
      firstFrameNanos = timeNanos;
      firstClockNanos = System.nanoTime();
    }
    long due = firstClockNanos + (long) ((timeNanos - firstFrameNanos) / speed);
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
