// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.Comparator;

/**
 * An answer over UDP that was cut off to fit the datagram (TC), so that its client is to ask again
 * over TCP (RFC 7766, section 5).
 *
 * @param question hash of client, server and question
 * @param timeNanos when it was seen, nanoseconds since 1970
 */
public record CutAnswer(long question, long timeNanos) {
  /** By question, then by time. */
  static final Comparator<CutAnswer> ORDER =
      Comparator.comparingLong(CutAnswer::question).thenComparingLong(CutAnswer::timeNanos);
}
