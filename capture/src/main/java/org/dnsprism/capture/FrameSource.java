// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture;

import java.io.Closeable;
import java.io.IOException;

/**
 * Where frames come from: a capture file, several of them in time order, or an interface. A source
 * belongs to one thread.
 */
public interface FrameSource extends Closeable {
  /** Result of {@link #poll} when no frame will ever follow. */
  int END = -1;

  /**
   * Delivers the frames that are ready, at most {@code limit}, and makes the bytes of all frames
   * delivered before invalid.
   *
   * @param handler receives the frames
   * @param limit the most frames to deliver, 1 or more
   * @return how many were delivered; 0 when none is ready now (live sources); {@link #END} at the
   *     end
   * @throws DamagedCaptureException when the input breaks off or makes no sense; every frame before
   *     that point has been delivered, and the next call returns {@link #END}
   * @throws IOException when the input cannot be read
   */
  int poll(FrameHandler handler, int limit) throws IOException;

  /**
   * How much of the room between kernel and source holds frames that wait, 0 to 1; only for the
   * thread that polls. Files wait for their reader.
   */
  default double backlog() {
    return 0;
  }

  /** What was lost before it could be delivered; files lose nothing. */
  default SourceLedger ledger() {
    return SourceLedger.NOTHING;
  }
}
