// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.dnsprism.pipeline.sink.SinkException;

/** Says in one line what Kafka's exceptions mean for the person who runs the program. */
final class KafkaFailures {
  private KafkaFailures() {}

  static SinkException asSinkException(KafkaSettings settings, Throwable thrown) {
    Throwable cause = root(thrown);
    String brokers = settings.brokers();
    if (cause instanceof ConfigException || cause instanceof RecordTooLargeException) {
      return configuration("Kafka settings: " + cause.getMessage(), cause);
    }
    if (cause instanceof AuthenticationException) {
      return configuration(
          "Kafka at %s does not accept these credentials: %s"
              .formatted(brokers, cause.getMessage()),
          cause);
    }
    if (cause instanceof AuthorizationException) {
      return configuration(
          "Kafka at %s does not allow this: %s".formatted(brokers, cause.getMessage()), cause);
    }
    return new SinkException(
        SinkException.Cause.UNAVAILABLE,
        "Kafka at %s is not available: %s".formatted(brokers, cause.getMessage()),
        cause);
  }

  private static SinkException configuration(String message, Throwable cause) {
    return new SinkException(SinkException.Cause.CONFIGURATION, message, cause);
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
