// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.dnsprism.pipeline.record.Delivery;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.Head;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.sink.RecordSink;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.spool.Source;
import org.dnsprism.pipeline.spool.Spool;
import org.dnsprism.pipeline.spool.SpoolException;
import org.dnsprism.pipeline.spool.SpoolFolder;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to Kafka: one topic for each kind, the agent's name as key, so that one agent's
 * records keep their order. Each is delivered once, and counts as sent when the brokers have
 * acknowledged it. While they do not, records wait in a spool on the disk, behind those that an
 * earlier run left there.
 */
public final class KafkaSink implements RecordSink {
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

  private final KafkaSettings settings;
  private final DeliverySettings delivery;
  private final Path folder;
  private final Spool spool;
  private final Outbox outbox;
  private final Courier courier;

  /**
   * Opens a spool and starts to connect. Brokers that do not answer are no reason to fail.
   *
   * @throws SinkException when brokers refuse, or the spool cannot be used
   */
  public KafkaSink(KafkaSettings settings, DeliverySettings delivery) throws SinkException {
    this(settings, delivery, open(settings, delivery));
    courier.awaitFirstAnswer(FIRST_ANSWER);
    SinkException refusal = courier.failure();
    if (refusal != null && refusal.kind() == SinkException.Cause.CONFIGURATION) {
      close();
      throw refusal;
    }
  }

  /** Sends what an earlier run left in a spool. */
  KafkaSink(KafkaSettings settings, DeliverySettings delivery, Spool spool) {
    this.settings = settings;
    this.delivery = delivery;
    this.spool = spool;
    folder = spool.folder().path();
    outbox = new Outbox(spool, delivery.mayWait());
    courier = new Courier(settings, outbox, spool.id());
  }

  private static Spool open(KafkaSettings settings, DeliverySettings delivery)
      throws SinkException {
    try {
      return SpoolFolder.open(delivery.spool(), settings.target());
    } catch (SpoolException e) {
      throw KafkaFailures.spool(e);
    }
  }

  @Override
  public void accept(Envelope record) {
    Head head = record.head();
    Source source = new Source(head.agent(), head.run(), head.record());
    outbox.add(source, head.seq(), JsonCodec.encode(record));
  }

  @Override
  public Map<String, Delivery> delivery() {
    return outbox.delivery();
  }

  /** Waits until the brokers have everything; what they do not take stays in the spool. */
  @Override
  public void finish() throws SinkException {
    try {
      boolean sent = outbox.awaitEmpty(delivery.patience());
      SinkException refusal = courier.refusal();
      if (!sent || refusal != null) {
        long lost = outbox.keep();
        long kept = spool.counts().values().stream().mapToLong(Long::longValue).sum();
        throw KafkaFailures.left(settings, reason(refusal), kept, folder, lost);
      }
    } catch (SpoolException e) {
      throw KafkaFailures.spool(e);
    }
  }

  private @Nullable SinkException reason(@Nullable SinkException refusal) {
    SinkException failure = courier.failure();
    return failure == null ? refusal : failure;
  }

  @Override
  public void close() {
    courier.close();
    outbox.close();
  }
}
