// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run when its time is up, or on SIGINT and SIGTERM: the process then ends when the run has
 * told what it has, and not before.
 */
final class Interruption {
  private static final int PATIENCE_SECONDS = 60;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Timer timer = new Timer("dnsprism-timer", true);
  private final Thread hook;

  Interruption(Runnable stop, @Nullable Duration after) {
    hook = new Thread(() -> end(stop), "dnsprism-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    if (after != null) {
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              stop.run();
            }
          },
          after.toMillis());
    }
  }

  private void end(Runnable stop) {
    stop.run();
    try {
      if (over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(ExitCode.DONE); // not the code of an interrupted process
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The run is over. */
  void disarm() {
    timer.cancel();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      over.countDown(); // the process is ending, and waits for this
    }
  }
}
