// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tcp;

/** What the TCP reassembly of one shard has met so far; all values only grow. Not thread-safe. */
public final class TcpCounters {
  long outOfOrderSegments;
  long repeatedSegments;
  long gaps;
  long gapBytes;
  long capHits;
  long strangeSegments;
  long restarts;

  /** Segments that came before an earlier one and had to wait. */
  public long outOfOrderSegments() {
    return outOfOrderSegments;
  }

  /** Segments with nothing new in them: retransmissions, keep-alives. */
  public long repeatedSegments() {
    return repeatedSegments;
  }

  /** Holes that were given up. */
  public long gaps() {
    return gaps;
  }

  /** Bytes in those holes. */
  public long gapBytes() {
    return gapBytes;
  }

  /** Holes given up because a bound on bytes, ranges or memory was reached. */
  public long capHits() {
    return capHits;
  }

  /** Segments dropped because their sequence number lies in no plausible window. */
  public long strangeSegments() {
    return strangeSegments;
  }

  /** Streams begun anew because an earlier segment followed the first one seen. */
  public long restarts() {
    return restarts;
  }
}
