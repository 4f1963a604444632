// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.dnsprism.capture.FrameHandler;
import org.dnsprism.capture.FrameSource;
import org.dnsprism.capture.SourceLedger;

/** A source that ends, with all that share its budget, when so many frames have been delivered. */
final class LimitedSource implements FrameSource {
  private static final long PAUSE_NANOS = 1_000_000;

  private final FrameSource source;
  private final Budget budget;

  /** The frames that several sources may still deliver. */
  static final class Budget {
    private final AtomicLong free;
    private final AtomicLong undelivered;
    private final Runnable onEnd;

    Budget(long frames, Runnable onEnd) {
      free = new AtomicLong(frames);
      undelivered = new AtomicLong(frames);
      this.onEnd = onEnd;
    }

    private int reserve(int most) {
      return (int) Math.min(most, free.getAndUpdate(left -> Math.max(0, left - most)));
    }

    private void use(int reserved, int used) {
      free.addAndGet(reserved - used);
      if (undelivered.addAndGet(-used) == 0) {
        onEnd.run();
      }
    }
  }

  LimitedSource(FrameSource source, Budget budget) {
    this.source = source;
    this.budget = budget;
  }

  @Override
  public int poll(FrameHandler handler, int limit) throws IOException {
    int reserved = budget.reserve(limit);
    if (reserved == 0) {
      if (budget.undelivered.get() == 0) {
        return END;
      }
      LockSupport.parkNanos(PAUSE_NANOS); // another source has the rest, and may give it back
      return 0;
    }
    int count = source.poll(handler, reserved);
    budget.use(reserved, Math.max(0, count));
    return count;
  }

  @Override
  public double backlog() {
    return source.backlog();
  }

  @Override
  public SourceLedger ledger() {
    return source.ledger();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
