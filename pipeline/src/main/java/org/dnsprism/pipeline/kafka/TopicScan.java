// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.sink.SinkException;
import org.jspecify.annotations.Nullable;

/** Reads all topics once, up to where they are when it begins, and judges whether all is there. */
public final class TopicScan {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private long foreign;

  private TopicScan(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * What was read.
   *
   * @param completeness whether it is all
   * @param foreign messages that are no records
   */
  public record Result(Completeness completeness, long foreign) {}

  /**
   * Reads.
   *
   * @param since leaves out what came before; null to read everything that is there
   * @throws SinkException when brokers or topics are not there
   */
  public static Result read(KafkaSettings settings, @Nullable Instant since) throws SinkException {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicScan scan = new TopicScan(consumer);
      scan.assign(settings);
      return scan.readAll(since);
    } catch (KafkaException e) {
      throw KafkaFailures.asSinkException(settings, e);
    }
  }

  private void assign(KafkaSettings settings) throws SinkException {
    Map<String, List<PartitionInfo>> topics = consumer.listTopics();
    for (Body.Kind kind : Body.Kind.values()) {
      for (PartitionInfo info : topics.getOrDefault(settings.topic(kind.label()), List.of())) {
        partitions.add(new TopicPartition(info.topic(), info.partition()));
      }
    }
    if (partitions.isEmpty()) {
      throw KafkaFailures.noTopic(settings);
    }
    consumer.assign(partitions);
  }

  private Result readAll(@Nullable Instant since) {
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    boolean whole = since == null && starts.values().stream().allMatch(start -> start == 0);
    if (since == null) {
      consumer.seekToBeginning(partitions);
    } else {
      seek(since, ends);
    }
    Completeness completeness = new Completeness(whole);
    long last = System.nanoTime();
    while (!reached(ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record, completeness);
        last = System.nanoTime();
      }
      if (System.nanoTime() - last > PATIENCE.toNanos()) {
        throw new TimeoutException("nothing more came for " + PATIENCE.toSeconds() + " s");
      }
    }
    return new Result(completeness, foreign);
  }

  private void seek(Instant since, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
    Map<TopicPartition, @Nullable OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = offsets.get(partition);
      consumer.seek(partition, offset == null ? ends.getOrDefault(partition, 0L) : offset.offset());
    }
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Completeness completeness) {
    DiscardHeader.read(record.headers()).forEach(completeness::add);
    try {
      completeness.add(JsonCodec.decode(record.value()));
    } catch (IllegalArgumentException e) {
      foreign++;
    }
  }
}
