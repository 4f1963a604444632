// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.util.Timer;
import java.util.TimerTask;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.dnsprism.capture.file.CaptureInput;

/** A bar on standard error with the rate of reading and the time left. */
final class ProgressDisplay implements AutoCloseable {
  private static final long MEBIBYTE = 1 << 20;
  private static final int PERIOD_MILLIS = 100;

  private final ProgressBar bar;
  private final Timer timer = new Timer("dnsprism-progress", true);

  /**
   * Shows an empty bar.
   *
   * @param total bytes to read; -1 when nobody knows
   */
  ProgressDisplay(long total) {
    bar = bar(total);
  }

  /** Shows how far an input has been read, until this is closed. */
  void follow(CaptureInput input) {
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            bar.stepTo(input.bytesRead());
          }
        },
        0,
        PERIOD_MILLIS);
  }

  private static ProgressBar bar(long total) {
    return new ProgressBarBuilder()
        .setTaskName("reading")
        .setInitialMax(total)
        .setUnit(" MiB", MEBIBYTE)
        .setStyle(
            Terminal.unicode() ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(2 * PERIOD_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.width()))
        .clearDisplayOnFinish()
        .showSpeed()
        .build();
  }

  @Override
  public void close() {
    timer.cancel();
    bar.close();
  }
}
