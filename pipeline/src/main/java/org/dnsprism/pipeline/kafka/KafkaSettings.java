// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.dnsprism.pipeline.sink.SinkException;
import org.jspecify.annotations.Nullable;

/**
 * Which brokers, which topics, and any property of kafka-clients on top.
 *
 * @param brokers host and port, or several joined by commas
 * @param topicPrefix what topics start with; the record's kind follows
 * @param createTopics whether absent topics are made
 * @param overrides properties of kafka-clients, which win over ours
 */
public record KafkaSettings(
    String brokers, String topicPrefix, boolean createTopics, Map<String, String> overrides) {

  /** What topics start with unless said otherwise. */
  public static final String DEFAULT_PREFIX = "dnsprism.";

  private static final String TIMEOUT_MS = "15000";

  /** Copies the properties. */
  public KafkaSettings {
    overrides = Map.copyOf(overrides);
  }

  /**
   * Reads properties from a file in the format of {@link Properties}.
   *
   * @param file none when null
   * @throws SinkException when it cannot be read
   */
  public static Map<String, String> read(@Nullable Path file) throws SinkException {
    Map<String, String> map = new HashMap<>();
    if (file == null) {
      return map;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new SinkException(
          SinkException.Cause.CONFIGURATION,
          "the Kafka settings in " + file + " cannot be read: " + e.getMessage(),
          e);
    }
    for (String name : properties.stringPropertyNames()) {
      map.put(name, properties.getProperty(name));
    }
    return map;
  }

  String topic(String kind) {
    return topicPrefix + kind;
  }

  Map<String, Object> client() {
    Map<String, Object> config = new HashMap<>();
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, "dnsprism");
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    config.putAll(overrides);
    return config;
  }

  /** Names the place that records go to. */
  String target() {
    return topicPrefix + " at " + brokers;
  }

  /** Settings of a consumer that sees only what has been delivered for good. */
  Map<String, Object> consumer() {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    config.putAll(client());
    return config;
  }

  /**
   * Settings of a producer that delivers exactly once.
   *
   * @param transactionalId of which there is one producer at a time
   */
  Map<String, Object> producer(String transactionalId) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    config.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
    // One at a time: a transaction's first batch can be refused, and those behind it then are too.
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
    config.putAll(client());
    return config;
  }
}
