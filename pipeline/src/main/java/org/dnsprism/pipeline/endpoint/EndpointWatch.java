// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;

/**
 * Reads the files of the endpoint list again when they change. A list that cannot be used is
 * refused, with one line, and the one before it stays. Any thread may ask for the newest list.
 */
public final class EndpointWatch implements Supplier<EndpointList>, AutoCloseable {
  private static final long PERIOD_MILLIS = 1000;

  private final EndpointFiles files;
  private final Consumer<String> lines;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(EndpointWatch::daemon);
  private volatile EndpointList newest;
  private String readState;
  private String lastState;

  /**
   * Looks at nothing yet.
   *
   * @param files the files
   * @param list what they hold
   * @param lines told in one line what became of a changed file
   */
  EndpointWatch(EndpointFiles files, EndpointList list, Consumer<String> lines) {
    this.files = files;
    this.lines = lines;
    newest = list;
    readState = files.state();
    lastState = readState;
  }

  /**
   * Looks at the files once a second until this is closed.
   *
   * @param files the files
   * @param list what they hold
   * @param lines told in one line what became of a changed file, by a thread of this watch
   */
  public static EndpointWatch start(
      EndpointFiles files, EndpointList list, Consumer<String> lines) {
    EndpointWatch watch = new EndpointWatch(files, list, lines);
    if (!files.isEmpty()) {
      var unused =
          watch.thread.scheduleWithFixedDelay(
              watch::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
    return watch;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "dnsprism-endpoints");
    thread.setDaemon(true);
    return thread;
  }

  /** The newest list that can be used. */
  @Override
  public EndpointList get() {
    return newest;
  }

  /** Looks at the files; reads them when they have changed and rest since the last look. */
  void look() {
    String state = files.state();
    boolean rests = state.equals(lastState);
    lastState = state;
    if (!rests || state.equals(readState)) {
      return;
    }
    readState = state;
    try {
      EndpointList list = files.read();
      if (!list.digest().equals(newest.digest())) {
        newest = list.after(newest);
        lines.accept(
            "endpoint list %s with %,d rules is in force from the end of this window on"
                .formatted(list.digest(), list.entries()));
      }
    } catch (IOException | EndpointListException | RuntimeException e) {
      lines.accept("the changed endpoint list is refused, the old one stays: " + oneLine(e));
    }
  }

  private static String oneLine(Exception e) {
    String message = e instanceof EndpointListException ? e.getMessage() : e.toString();
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
