// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * Estimates how many queries an encrypted flow carries. The three numbers only grow. Meant to be
 * kept in a pool: {@link #reset} makes it new. Not thread-safe.
 */
public interface QueryEstimator extends TrafficObserver {
  /** Makes it ready for another flow. */
  void reset();

  /** No more will come. */
  void finish();

  /** The most likely number of queries so far. */
  int queries();

  /** There were hardly fewer queries than this. */
  int low();

  /** There were hardly more queries than this. */
  int high();
}
