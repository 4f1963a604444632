// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.kafka;

import java.util.concurrent.Callable;

/** Waits for what happens in other threads and processes. */
final class Await {
  private static final long STEP_MILLIS = 50;

  private Await() {}

  /**
   * Waits until something holds.
   *
   * @throws IllegalStateException when it does not within the time
   */
  static void until(String what, long seconds, Callable<Boolean> holds)
      throws InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!holdsNow(holds)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited in vain until " + what);
      }
      Thread.sleep(STEP_MILLIS);
    }
  }

  private static boolean holdsNow(Callable<Boolean> holds) {
    try {
      return holds.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
