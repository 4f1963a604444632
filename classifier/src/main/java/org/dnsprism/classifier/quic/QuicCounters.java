// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

/** What the QUIC parsers of one shard have met so far; all values only grow. Not thread-safe. */
public final class QuicCounters {
  long decryptions;
  long failedDecryptions;
  long flowBudgetSkips;
  long secondBudgetSkips;
  long keyDerivations;
  long clientHellos;
  long assembledHellos;
  long partialHellos;
  long malformedHellos;
  long cryptoCapHits;
  long memoryRefusals;
  long malformedPackets;
  long malformedFrames;
  long unknownVersions;
  long retries;
  long versionNegotiations;

  /** Packets whose tag was right. */
  public long decryptions() {
    return decryptions;
  }

  /** Attempts whose tag was wrong: other keys, or damaged packets. */
  public long failedDecryptions() {
    return failedDecryptions;
  }

  /** Packets not tried because their flow has used up its attempts. */
  public long flowBudgetSkips() {
    return flowBudgetSkips;
  }

  /** Packets not tried because the attempts of that second were used up. */
  public long secondBudgetSkips() {
    return secondBudgetSkips;
  }

  /** Key derivations. */
  public long keyDerivations() {
    return keyDerivations;
  }

  /** ClientHellos read whole. */
  public long clientHellos() {
    return clientHellos;
  }

  /** Those of {@link #clientHellos()} that came in more than one CRYPTO frame. */
  public long assembledHellos() {
    return assembledHellos;
  }

  /** ClientHellos of which only a part was captured. */
  public long partialHellos() {
    return partialHellos;
  }

  /** CRYPTO streams that begin with no sound ClientHello. */
  public long malformedHellos() {
    return malformedHellos;
  }

  /** CRYPTO streams given up at the bound on bytes, ranges or datagrams. */
  public long cryptoCapHits() {
    return cryptoCapHits;
  }

  /** CRYPTO frames dropped because the shard's reassembly memory was full. */
  public long memoryRefusals() {
    return memoryRefusals;
  }

  /** Long headers whose lengths do not fit the datagram. */
  public long malformedPackets() {
    return malformedPackets;
  }

  /** Decrypted packets with a frame that no Initial may hold or that is cut. */
  public long malformedFrames() {
    return malformedFrames;
  }

  /** Long headers of a version that is not known. */
  public long unknownVersions() {
    return unknownVersions;
  }

  /** Retry packets. */
  public long retries() {
    return retries;
  }

  /** Version Negotiation packets. */
  public long versionNegotiations() {
    return versionNegotiations;
  }
}
