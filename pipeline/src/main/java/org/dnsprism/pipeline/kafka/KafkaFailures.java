// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.spool.Entry;
import org.dnsprism.pipeline.spool.SpoolException;
import org.jspecify.annotations.Nullable;

/** Says in one line what Kafka's exceptions mean for the person who runs the program. */
final class KafkaFailures {
  private KafkaFailures() {}

  static SinkException asSinkException(KafkaSettings settings, Throwable thrown) {
    Throwable cause = root(thrown);
    String brokers = settings.brokers();
    if (cause instanceof ConfigException || cause instanceof RecordTooLargeException) {
      return configuration("Kafka settings: " + cause.getMessage(), cause);
    }
    if (cause instanceof SslAuthenticationException) {
      return configuration(
          "the TLS handshake with Kafka at %s fails: %s; check ssl.truststore.* and ssl.keystore.*"
              .formatted(brokers, innermost(cause)),
          cause);
    }
    if (cause instanceof AuthenticationException) {
      return configuration(
          "Kafka at %s does not accept these credentials: %s"
              .formatted(brokers, cause.getMessage()),
          cause);
    }
    if (cause instanceof AuthorizationException) {
      return configuration(
          "Kafka at %s does not allow this: %s; grant %s"
              .formatted(brokers, cause.getMessage(), right(settings, cause)),
          cause);
    }
    return new SinkException(
        SinkException.Cause.UNAVAILABLE,
        "Kafka at %s is not available: %s".formatted(brokers, cause.getMessage()),
        cause);
  }

  /** There is nothing to read. */
  static SinkException noTopic(KafkaSettings settings) {
    String message = "no topic of %s exists".formatted(settings.target());
    return configuration(message, new IllegalStateException(message));
  }

  /** The spool's disk is at fault. */
  static SinkException spool(SpoolException thrown) {
    return new SinkException(
        SinkException.Cause.OUTPUT, String.valueOf(thrown.getMessage()), thrown);
  }

  /** A record is larger than client, brokers or topic allow. */
  static SinkException tooLarge(KafkaSettings settings, Entry entry) {
    String message =
        "a record of %,d bytes is too large for topic %s; raise max.request.size in --kafka-config and max.message.bytes of the topic"
            .formatted(entry.value().length, settings.topic(entry.source().kind()));
    return configuration(message, new RecordTooLargeException(message));
  }

  /**
   * A run ends and not everything is sent.
   *
   * @param reason why; null when the brokers have not answered at all
   * @param kept records in the spool
   * @param folder where that is
   * @param lost records that found no room there
   */
  static SinkException left(
      KafkaSettings settings, @Nullable SinkException reason, long kept, Path folder, long lost) {
    String why =
        reason == null
            ? "Kafka at %s does not answer in time".formatted(settings.brokers())
            : reason.getMessage();
    String left =
        "; %,d records wait in %s, 'dnsprism spool drain --kafka %s' sends them"
            .formatted(kept, folder, settings.brokers());
    String gone = lost == 0 ? "" : "; %,d records found no room there".formatted(lost);
    return new SinkException(
        reason == null ? SinkException.Cause.UNAVAILABLE : reason.kind(),
        why + left + gone,
        reason == null ? new TimeoutException(why) : reason);
  }

  private static SinkException configuration(String message, Throwable cause) {
    return new SinkException(SinkException.Cause.CONFIGURATION, message, cause);
  }

  /** The access control list that is missing, in Kafka's words. */
  private static String right(KafkaSettings settings, Throwable cause) {
    if (cause instanceof TransactionalIdAuthorizationException) {
      return "Describe and Write on transactional id dnsprism-*";
    }
    if (cause instanceof GroupAuthorizationException) {
      return "Read on group dnsprism-*";
    }
    return "Describe, Read or Write, and Create on topics " + settings.topic("*");
  }

  private static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** The exception that tells most: the innermost configuration error, or what a future holds. */
  private static Throwable root(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException
            || cause.getMessage() == null
            || cause.getMessage().startsWith("Failed to "))) {
      cause = cause.getCause();
    }
    return cause;
  }
}
