// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.sink.RecordSink;
import org.dnsprism.pipeline.sink.SinkException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records to Kafka: one topic for each kind, the agent's name as key, so that one agent's
 * records keep their order. A record counts as sent when the brokers have acknowledged it.
 */
public final class KafkaSink implements RecordSink {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final KafkaSettings settings;
  private final Producer<byte[], byte[]> producer;
  private final AtomicLong produced = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * Connects, and makes the topics that are absent.
   *
   * @throws SinkException when no broker answers, or refuses
   */
  public KafkaSink(KafkaSettings settings) throws SinkException {
    this.settings = settings;
    try {
      Topics.prepare(settings);
      producer =
          new KafkaProducer<>(
              settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw KafkaFailures.asSinkException(settings, e);
    }
  }

  @Override
  public void accept(Envelope record) throws SinkException {
    checkFailure();
    byte[] key = record.head().agent().getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(settings.topic(record.head().record()), key, JsonCodec.encode(record));
    produced.incrementAndGet();
    try {
      Future<RecordMetadata> sent = producer.send(message, this::noteDelivery);
      LOG.trace("handed over: {}", sent);
    } catch (KafkaException e) {
      failed.incrementAndGet();
      throw KafkaFailures.asSinkException(settings, e);
    }
  }

  private void noteDelivery(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception == null) {
      acknowledged.incrementAndGet();
    } else {
      failed.incrementAndGet();
      failure.compareAndSet(null, exception);
    }
  }

  @Override
  public void finish() throws SinkException {
    producer.flush();
    checkFailure();
  }

  private void checkFailure() throws SinkException {
    Exception first = failure.get();
    if (first != null) {
      throw KafkaFailures.asSinkException(settings, first);
    }
  }

  /** Records handed over so far. */
  public long produced() {
    return produced.get();
  }

  /** Records that the brokers have acknowledged. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** Records that could not be delivered. */
  public long failed() {
    return failed.get();
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
