// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.spool.Discard;
import org.dnsprism.pipeline.spool.Entry;
import org.dnsprism.pipeline.spool.SpoolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that takes records from the outbox to the brokers, as often as it needs. */
final class Courier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final int MOST_DISCARDS = 100;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final KafkaSettings settings;
  private final Outbox outbox;
  private final String spool;
  private final Thread thread = new Thread(this::run, "dnsprism-courier");
  private final CountDownLatch firstAnswer = new CountDownLatch(1);
  private volatile @Nullable SinkException failure;
  private volatile @Nullable SinkException refusal;
  private volatile boolean closed;
  private boolean begun;
  private List<Entry> inDoubt = List.of();
  private List<Discard> toldInDoubt = List.of();

  /**
   * Starts the thread.
   *
   * @param spool identifies the outbox's spool for the brokers
   */
  Courier(KafkaSettings settings, Outbox outbox, String spool) {
    this.settings = settings;
    this.outbox = outbox;
    this.spool = spool;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    while (!closed) {
      try (BrokerLink link = BrokerLink.open(settings, spool)) {
        connected(link);
        pause = FIRST_PAUSE_MILLIS;
        while (!closed) {
          deliver(link);
        }
      } catch (SinkException e) {
        failed(e);
      } catch (SpoolException e) {
        failed(new SinkException(SinkException.Cause.OUTPUT, String.valueOf(e.getMessage()), e));
      } catch (InterruptException e) {
        return;
      } catch (RuntimeException e) {
        failed(KafkaFailures.asSinkException(settings, e));
      }
      if (!sleep(pause)) {
        return;
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private boolean sleep(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Finds out what became of the records that were under way when the last connection broke. */
  private void connected(BrokerLink link) throws SpoolException {
    if (!begun) {
      outbox.begin(link.sentBelow());
      begun = true;
    } else if (!inDoubt.isEmpty() && inDoubt.get(0).id() < link.sentBelow()) {
      outbox.acknowledged(inDoubt, List.of(), toldInDoubt);
    }
    inDoubt = List.of();
    outbox.connected();
    if (failure != null) {
      LOG.warn("Kafka at {} takes records again", settings.brokers());
    }
    failure = null;
    firstAnswer.countDown();
  }

  private void deliver(BrokerLink link) throws SinkException, SpoolException {
    List<Entry> taken = outbox.take();
    if (taken.isEmpty()) {
      return;
    }
    toldInDoubt = outbox.untold(MOST_DISCARDS);
    inDoubt = taken;
    List<Entry> rest = new ArrayList<>(taken);
    List<Entry> aside = new ArrayList<>();
    List<Entry> refused = link.deliver(rest, toldInDoubt);
    while (!refused.isEmpty()) {
      for (Entry entry : refused) {
        outbox.setAside(entry);
      }
      aside.addAll(refused);
      rest.removeAll(refused);
      refusal = KafkaFailures.tooLarge(settings, refused.get(0));
      refused = rest.isEmpty() ? List.of() : link.deliver(rest, toldInDoubt);
    }
    outbox.acknowledged(taken, aside, rest.isEmpty() ? List.of() : toldInDoubt);
    inDoubt = List.of();
  }

  private void failed(SinkException e) {
    if (failure == null) {
      LOG.warn("records wait in the spool", e);
    }
    failure = e;
    outbox.failed(e.kind() == SinkException.Cause.CONFIGURATION);
    firstAnswer.countDown();
  }

  /** Waits until the brokers have answered once, or for so long. */
  void awaitFirstAnswer(Duration patience) {
    try {
      boolean answered = firstAnswer.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("first answer within {}: {}", patience, answered);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Why the brokers take nothing at present; null when they do, or have not been asked yet. */
  @Nullable SinkException failure() {
    return failure;
  }

  /** Why a record was set apart; null when none was. */
  @Nullable SinkException refusal() {
    return refusal;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
