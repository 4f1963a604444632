// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.spool.Discard;
import org.dnsprism.pipeline.spool.Entry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the brokers that delivers each record exactly once, whatever dies in the middle:
 * records and how far they go are committed in one transaction, and who connects again under the
 * same name ends the old transaction and reads how far it got. The place is kept as the offset of a
 * consumer group.
 */
final class BrokerLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);

  private final KafkaSettings settings;
  private final Producer<byte[], byte[]> producer;
  private final TopicPartition place;
  private final ConsumerGroupMetadata group;
  private final long sentBelow;

  private BrokerLink(KafkaSettings settings, String name, Producer<byte[], byte[]> producer) {
    this.settings = settings;
    this.producer = producer;
    place = new TopicPartition(settings.topic(Body.Kind.FLOW.label()), 0);
    producer.initTransactions();
    Map<String, Object> config = settings.consumer();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, name);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      group = consumer.groupMetadata();
      OffsetAndMetadata offset = consumer.committed(Set.of(place)).get(place);
      sentBelow = offset == null ? 0 : offset.offset();
    }
  }

  /**
   * Connects, makes the topics that are absent, and ends what an earlier connection of that name
   * left open.
   *
   * @param spool which spool's records are sent
   */
  static BrokerLink open(KafkaSettings settings, String spool) throws SinkException {
    String name = "dnsprism-" + spool;
    Producer<byte[], byte[]> producer = null;
    try {
      Topics.prepare(settings);
      producer =
          new KafkaProducer<>(
              settings.producer(name), new ByteArraySerializer(), new ByteArraySerializer());
      return new BrokerLink(settings, name, producer);
    } catch (KafkaException e) {
      closeNow(producer);
      throw KafkaFailures.asSinkException(settings, e);
    } catch (SinkException e) {
      closeNow(producer);
      throw e;
    }
  }

  private static void closeNow(@Nullable Producer<byte[], byte[]> producer) {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
  }

  /** Records with smaller ids have been delivered. */
  long sentBelow() {
    return sentBelow;
  }

  /**
   * Delivers records, all or none.
   *
   * @param entries at least one, in order
   * @param discards are told along with them
   * @return a record that is refused for its size; if there is one, none was delivered
   * @throws SinkException when it is not known whether they were delivered; only a new connection
   *     tells
   */
  List<Entry> deliver(List<Entry> entries, List<Discard> discards) throws SinkException {
    List<Entry> tooLarge = Collections.synchronizedList(new ArrayList<>());
    try {
      producer.beginTransaction();
      List<Discard> told = discards;
      for (Entry entry : entries) {
        send(entry, told, tooLarge);
        told = List.of();
      }
      long below = entries.get(entries.size() - 1).id() + 1;
      producer.sendOffsetsToTransaction(Map.of(place, new OffsetAndMetadata(below)), group);
      producer.commitTransaction();
      return List.of();
    } catch (KafkaException e) {
      if (tooLarge.isEmpty()) {
        throw KafkaFailures.asSinkException(settings, e);
      }
      abort();
      return tooLarge;
    }
  }

  private void send(Entry entry, List<Discard> discards, List<Entry> tooLarge) {
    byte[] key = entry.source().agent().getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(settings.topic(entry.source().kind()), key, entry.value());
    discards.forEach(discard -> message.headers().add(DiscardHeader.of(discard)));
    Future<RecordMetadata> sent =
        producer.send(
            message,
            (metadata, exception) -> {
              // Those behind the first may be refused only because that one was.
              if (exception instanceof RecordTooLargeException && tooLarge.isEmpty()) {
                tooLarge.add(entry);
              }
            });
    LOG.trace("handed over: {}", sent);
  }

  private void abort() throws SinkException {
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      throw KafkaFailures.asSinkException(settings, e);
    }
  }

  @Override
  public void close() {
    closeNow(producer);
  }
}
