// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.dnsprism.pipeline.kafka.KafkaSettings;
import org.dnsprism.pipeline.kafka.KafkaSink;
import org.dnsprism.pipeline.sink.DirectorySink;
import org.dnsprism.pipeline.sink.JsonLinesSink;
import org.dnsprism.pipeline.sink.RecordSink;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.sink.Stamper;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options on where the records go. */
final class OutputOptions {
  @Option(names = "--json", description = "Every record as one JSON line on standard output.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "One file of JSON lines for each kind of record.")
  private @Nullable Path directory;

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description = "Name of this agent in all records (default: the host's name).")
  private @Nullable String agent;

  @Mixin private KafkaOptions kafka;
  @Mixin private DeliveryOptions delivery;

  /**
   * Opens every place that the options name; if one fails, those before it are closed.
   *
   * @param mayWait whether a slow place may hold up who makes records; a capture may not be
   */
  List<RecordSink> open(boolean mayWait) throws SinkException {
    List<RecordSink> sinks = new ArrayList<>();
    try {
      if (json) {
        sinks.add(new JsonLinesSink(new FileOutputStream(FileDescriptor.out)));
      }
      if (directory != null) {
        sinks.add(new DirectorySink(directory));
      }
      KafkaSettings settings = kafka.settings();
      if (settings != null) {
        sinks.add(new KafkaSink(settings, delivery.settings(mayWait)));
      }
      return sinks;
    } catch (SinkException e) {
      sinks.forEach(RecordSink::close);
      throw e;
    }
  }

  /** Whether standard output is for records. */
  boolean json() {
    return json;
  }

  /** Gives the records of a new run their heads. */
  Stamper stamper(List<RecordSink> sinks) {
    return new Stamper(agentName(), UUID.randomUUID().toString(), sinks);
  }

  private String agentName() {
    if (agent != null) {
      return agent;
    }
    try {
      String host = Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.UTF_8);
      return host.strip();
    } catch (IOException e) {
      return "dnsprism";
    }
  }
}
