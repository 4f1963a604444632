// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.sink.SinkException;

/** Reads records back from their topics, without a consumer group: it leaves no trace. */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaSettings settings;
  private final Consumer<byte[], byte[]> consumer;

  /**
   * Connects.
   *
   * @param kinds which topics, by the end of their names
   * @param fromBeginning whether to read what is there already
   * @throws SinkException when brokers or topics are not there
   */
  public TopicReader(KafkaSettings settings, List<String> kinds, boolean fromBeginning)
      throws SinkException {
    this.settings = settings;
    KafkaConsumer<byte[], byte[]> made = null;
    try {
      made =
          new KafkaConsumer<>(
              settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
      assign(made, kinds, fromBeginning);
      consumer = made;
    } catch (KafkaException e) {
      if (made != null) {
        made.close();
      }
      throw KafkaFailures.asSinkException(settings, e);
    }
  }

  private void assign(KafkaConsumer<byte[], byte[]> to, List<String> kinds, boolean fromBeginning) {
    Map<String, List<PartitionInfo>> topics = to.listTopics();
    List<TopicPartition> partitions = new ArrayList<>();
    for (String kind : kinds) {
      for (PartitionInfo info : topics.getOrDefault(settings.topic(kind), List.of())) {
        partitions.add(new TopicPartition(info.topic(), info.partition()));
      }
    }
    if (partitions.isEmpty()) {
      throw new ConfigException("no topic of " + settings.topicPrefix() + kinds + " exists");
    }
    to.assign(partitions);
    if (fromBeginning) {
      to.seekToBeginning(partitions);
    } else {
      to.seekToEnd(partitions);
    }
  }

  /**
   * Reads until it is told to stop, or nothing has come for a while.
   *
   * @param idle how long to wait for the next record; zero to wait for ever
   * @param onRecord takes a record, and says whether to go on
   * @throws SinkException when the brokers go away
   */
  public void read(Duration idle, Predicate<Envelope> onRecord) throws SinkException {
    long last = System.nanoTime();
    try {
      while (idle.isZero() || System.nanoTime() - last < idle.toNanos()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          last = System.nanoTime();
          if (!onRecord.test(JsonCodec.decode(record.value()))) {
            return;
          }
        }
      }
    } catch (KafkaException e) {
      throw KafkaFailures.asSinkException(settings, e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
