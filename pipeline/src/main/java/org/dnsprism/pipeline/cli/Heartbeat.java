// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dnsprism.pipeline.record.AgentRecord;
import org.dnsprism.pipeline.record.Times;
import org.dnsprism.pipeline.report.LiveState;
import org.dnsprism.pipeline.sink.BodySink;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.window.LiveObserver;
import org.jspecify.annotations.Nullable;

/** Tells every few seconds that a live run is alive. */
final class Heartbeat implements LiveObserver {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final long KIBIBYTE = 1024;
  private static final double NANOS_PER_SECOND = 1e9;

  private final BodySink sink;
  private final long periodNanos;
  private final List<String> interfaces;
  private final int workers;
  private final String configuration;
  private final long startNanos = System.nanoTime();
  private long nextNanos;

  /**
   * Makes one that beats at once.
   *
   * @param configuration digest of the options
   */
  Heartbeat(
      BodySink sink, Duration period, List<String> interfaces, int workers, String configuration) {
    this.sink = sink;
    this.periodNanos = period.toNanos();
    this.interfaces = List.copyOf(interfaces);
    this.workers = workers;
    this.configuration = configuration;
    nextNanos = startNanos;
  }

  @Override
  public void onTick(LiveState state) throws SinkException {
    long now = System.nanoTime();
    if (now - nextNanos >= 0) {
      nextNanos += Math.max(periodNanos, now - nextNanos);
      sink.accept(record(state, (now - startNanos) / NANOS_PER_SECOND));
    }
  }

  private AgentRecord record(LiveState state, double uptimeSeconds) {
    Instant now = Instant.now();
    Runtime runtime = Runtime.getRuntime();
    return new AgentRecord(
        Times.text(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano()),
        uptimeSeconds,
        Version.number(),
        interfaces,
        workers,
        state.frames(),
        state.bytes(),
        state.duplicates(),
        state.shed(),
        state.factor(),
        state.flowsOpen(),
        state.capture(),
        new AgentRecord.Memory(
            runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory(), resident()),
        configuration);
  }

  private static @Nullable Long resident() {
    try {
      for (String line : Files.readAllLines(STATUS, StandardCharsets.UTF_8)) {
        if (line.startsWith(RESIDENT)) {
          String kibibytes = line.substring(RESIDENT.length()).replace("kB", "").strip();
          return Long.parseLong(kibibytes) * KIBIBYTE;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return null;
    }
    return null;
  }
}
