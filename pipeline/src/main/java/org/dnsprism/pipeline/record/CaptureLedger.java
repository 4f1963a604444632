// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import java.util.List;

/**
 * What became of the frames that the kernel offered to the capture rings of a live run, from one
 * end of a window to the next. What waited before and what was offered is what was delivered,
 * dropped, and waits now.
 *
 * @param offered frames that passed the kernel's filter
 * @param delivered frames read from the rings
 * @param dropped frames for which a ring had no room
 * @param waiting frames in the rings that had not been read at the end
 * @param freezes how often a ring was full
 * @param interruptions how often an interface went down or vanished, once for each ring
 * @param workers the same for each worker, by its number
 */
public record CaptureLedger(
    long offered,
    long delivered,
    long dropped,
    long waiting,
    long freezes,
    long interruptions,
    List<Worker> workers) {

  /**
   * What became of the frames of one worker's rings.
   *
   * @param offered frames that passed the kernel's filter
   * @param delivered frames read from the rings
   * @param dropped frames for which a ring had no room
   * @param waiting frames in the rings that had not been read at the end
   * @param freezes how often a ring was full
   * @param interruptions how often an interface went down or vanished
   */
  public record Worker(
      long offered, long delivered, long dropped, long waiting, long freezes, long interruptions) {}
}
