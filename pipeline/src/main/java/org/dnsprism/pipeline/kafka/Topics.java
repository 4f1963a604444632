// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.sink.SinkException;

/** Sees that brokers answer and that the topics are there. */
final class Topics {
  private static final String WEEK_MS = "604800000";
  private static final int FLOW_PARTITIONS = 4;

  private Topics() {}

  /** Makes the topics that are absent, if that is wanted. */
  static void prepare(KafkaSettings settings) throws SinkException {
    try (Admin admin = Admin.create(settings.client())) {
      Set<String> present = admin.listTopics().names().get();
      List<NewTopic> absent = new ArrayList<>();
      for (Body.Kind kind : Body.Kind.values()) {
        if (!present.contains(settings.topic(kind.label()))) {
          absent.add(topic(settings, kind));
        }
      }
      if (!absent.isEmpty()) {
        create(admin, settings, absent);
      }
    } catch (ExecutionException | KafkaException e) {
      throw KafkaFailures.asSinkException(settings, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaFailures.asSinkException(settings, e);
    }
  }

  private static NewTopic topic(KafkaSettings settings, Body.Kind kind) {
    Optional<Integer> partitions = Optional.of(kind == Body.Kind.FLOW ? FLOW_PARTITIONS : 1);
    return new NewTopic(settings.topic(kind.label()), partitions, Optional.empty())
        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, WEEK_MS));
  }

  private static void create(Admin admin, KafkaSettings settings, List<NewTopic> absent)
      throws SinkException, ExecutionException, InterruptedException {
    if (!settings.createTopics()) {
      throw new SinkException(
          SinkException.Cause.CONFIGURATION,
          "topic %s does not exist: create it, or allow --kafka-create-topics"
              .formatted(absent.get(0).name()),
          new IllegalStateException(absent.get(0).name()));
    }
    try {
      admin.createTopics(absent).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
