// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

/** SKELETON: ciphers of one shard. */
public final class QuicCrypto {
  /** Makes one. */
  public QuicCrypto(DecryptionBudget budget, QuicCounters counters) {
    this.budget = budget;
    this.counters = counters;
  }

  final DecryptionBudget budget;
  final QuicCounters counters;
}
