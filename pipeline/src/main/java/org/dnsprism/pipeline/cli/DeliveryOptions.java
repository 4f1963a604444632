// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.dnsprism.pipeline.kafka.DeliverySettings;
import org.dnsprism.pipeline.spool.SpoolSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options on records that Kafka does not take at once. */
final class DeliveryOptions {
  @Option(
      names = "--spool",
      paramLabel = "DIR",
      description =
          "Where records wait while Kafka is away (default: dnsprism/spool in $XDG_STATE_HOME or"
              + " ~/.local/state).")
  private @Nullable Path directory;

  @Option(
      names = "--spool-size",
      paramLabel = "SIZE",
      defaultValue = "1g",
      converter = SizeConverter.class,
      description =
          "Bound of what waits on the disk, packed, such as 500m or 20g; then the oldest flow"
              + " records are given up first (default ${DEFAULT-VALUE}).")
  private long maxBytes = SpoolSettings.DEFAULT_BYTES;

  @Option(
      names = "--kafka-patience",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description =
          "How long the end of a run waits for brokers that take nothing (default"
              + " ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofSeconds(30);

  /**
   * The settings.
   *
   * @param mayWait whether slow brokers may hold up who makes records
   */
  DeliverySettings settings(boolean mayWait) {
    return new DeliverySettings(spool(), mayWait, patience);
  }

  /** Where the spools are. */
  SpoolSettings spool() {
    return new SpoolSettings(
        directory == null ? SpoolSettings.defaultDirectory() : directory, maxBytes);
  }
}
