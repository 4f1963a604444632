// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

/** What the TLS parsers of one shard have met so far; all values only grow. Not thread-safe. */
public final class TlsCounters {
  long clientHellos;
  long assembledHellos;
  long partialHellos;
  long secondHellos;
  long malformedHellos;
  long tooLongHellos;
  long memoryRefusals;
  long midstreamStreams;

  /** ClientHellos read whole. */
  public long clientHellos() {
    return clientHellos;
  }

  /** Those of {@link #clientHellos()} that came in more than one piece. */
  public long assembledHellos() {
    return assembledHellos;
  }

  /** ClientHellos of which only the beginning was captured. */
  public long partialHellos() {
    return partialHellos;
  }

  /** Second ClientHellos, after a HelloRetryRequest. */
  public long secondHellos() {
    return secondHellos;
  }

  /** ClientHellos with wrong lengths or values. */
  public long malformedHellos() {
    return malformedHellos;
  }

  /** ClientHellos given up because they announced more than 64 KiB. */
  public long tooLongHellos() {
    return tooLongHellos;
  }

  /** ClientHellos given up because the shard's reassembly memory was full. */
  public long memoryRefusals() {
    return memoryRefusals;
  }

  /** Streams recognised as TLS by records in the middle. */
  public long midstreamStreams() {
    return midstreamStreams;
  }
}
