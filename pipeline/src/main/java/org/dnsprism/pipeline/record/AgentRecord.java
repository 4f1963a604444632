// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a live run is alive, and how it stands. All counts are of the run so far.
 *
 * @param producedAt when this was written, by the clock of the host
 * @param uptimeS since the run began, in seconds
 * @param version of the program
 * @param interfaces that are captured from
 * @param workers threads that walk the traffic
 * @param frames frames seen
 * @param bytes bytes in them, on the wire
 * @param duplicates copies of packets left out
 * @param shed frames of clients that were left out because rings filled
 * @param samplingFactor one in so many clients is looked at now; 1 for all
 * @param flowsOpen flows that are being followed
 * @param capture what became of the frames in the capture rings
 * @param memory of the process
 * @param configuration digest of the options in force, the same where they are
 */
public record AgentRecord(
    String producedAt,
    double uptimeS,
    String version,
    List<String> interfaces,
    int workers,
    long frames,
    long bytes,
    long duplicates,
    long shed,
    int samplingFactor,
    long flowsOpen,
    @Nullable CaptureLedger capture,
    Memory memory,
    String configuration)
    implements Body {

  /**
   * Memory of the process in bytes.
   *
   * @param heapUsed objects, garbage included
   * @param heapMax what objects may take at most
   * @param resident all that the process has in memory; absent where the system does not tell
   */
  public record Memory(long heapUsed, long heapMax, @Nullable Long resident) {}

  @Override
  @JsonIgnore
  public Kind kind() {
    return Kind.AGENT;
  }
}
