// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/**
 * What is to be made.
 *
 * @param seed the same seed gives the same bytes
 * @param packets frames in the capture, copies included
 * @param flows flows, about
 * @param mix what the traffic consists of
 * @param rate packets in a second of the capture's time
 * @param loss part of the frames that are missing, 0 to 1
 * @param reorder part of the frames that come up to 300 microseconds late
 * @param duplicates part of the frames that come twice, as from two mirrored ports
 * @param snap bytes that are kept of a frame of other traffic after the first ten of its flow; 0
 *     keeps all of all
 */
record Plan(
    long seed,
    long packets,
    long flows,
    Mix mix,
    long rate,
    double loss,
    double reorder,
    double duplicates,
    int snap) {

  /** Nanoseconds from the first packet to the last, about. */
  long duration() {
    return (long) (packets * (double) Flow.SECOND / rate);
  }
}
