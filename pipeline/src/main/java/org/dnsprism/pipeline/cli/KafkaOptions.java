// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.nio.file.Path;
import org.dnsprism.pipeline.kafka.KafkaSettings;
import org.dnsprism.pipeline.sink.SinkException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options on where Kafka is and how to talk to it. */
final class KafkaOptions {
  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, several joined by commas.")
  private @Nullable String brokers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties of kafka-clients, such as security.protocol=SASL_SSL.")
  private @Nullable Path config;

  @Option(
      names = "--kafka-topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = KafkaSettings.DEFAULT_PREFIX,
      description = "What the topics' names start with (default ${DEFAULT-VALUE}).")
  private String prefix = KafkaSettings.DEFAULT_PREFIX;

  @Option(
      names = "--kafka-create-topics",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Make topics that do not exist (default: yes).")
  private boolean createTopics = true;

  /** The settings, or null when no brokers were named. */
  @Nullable KafkaSettings settings() throws SinkException {
    return brokers == null ? null : settings(brokers);
  }

  /** The settings, with these brokers when none were named. */
  KafkaSettings settingsOr(String otherwise) throws SinkException {
    return settings(brokers == null ? otherwise : brokers);
  }

  private KafkaSettings settings(String servers) throws SinkException {
    return new KafkaSettings(servers, prefix, createTopics, KafkaSettings.read(config));
  }
}
