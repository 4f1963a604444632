// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.Map;
import org.dnsprism.pipeline.record.CaptureLedger;
import org.jspecify.annotations.Nullable;

/**
 * How a live run stands, told once a second. All counts are of the run so far.
 *
 * @param frames frames seen
 * @param bytes bytes in them
 * @param duplicates copies of packets left out
 * @param shed frames of clients that were not looked at
 * @param factor how many times as many clients there are as are looked at now, 1 for all
 * @param flowsOpen flows that are being followed
 * @param messages queries and responses by transport
 * @param capture what became of the frames in the rings
 */
public record LiveState(
    long frames,
    long bytes,
    long duplicates,
    long shed,
    int factor,
    long flowsOpen,
    Map<String, Messages> messages,
    @Nullable CaptureLedger capture) {

  /** Queries and responses, estimates included. */
  public record Messages(long queries, long responses) {}
}
