// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dnsprism.pipeline.kafka.KafkaSettings;
import org.dnsprism.pipeline.kafka.TopicReader;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.report.RecordLine;
import org.dnsprism.pipeline.sink.SinkException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows the records in Kafka. */
@Command(
    name = "tail",
    description = "Follow the records in Kafka, a line for each.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dnsprism tail --kafka broker1:9092",
      "  dnsprism tail flow --kafka broker1:9092 --from-beginning --count 100",
      "  dnsprism tail window --kafka broker1:9092 --json | jq .encrypted_share",
    })
final class TailCommand implements Callable<Integer> {
  private static final String LOCAL_BROKER = "localhost:9092";

  @Mixin private KafkaOptions kafka;
  @Mixin private GeneralOptions general;

  @Parameters(
      arity = "0..1",
      paramLabel = "TOPIC",
      description = "flow, stats, window or summary (default: all), with or without prefix.")
  private @Nullable String topic;

  @Option(names = "--json", description = "The records as they are, one JSON line for each.")
  private boolean json;

  @Option(names = "--from-beginning", description = "Start with the oldest record that is there.")
  private boolean fromBeginning;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after N records (default: never).")
  private long count;

  @Option(
      names = "--idle",
      paramLabel = "DURATION",
      defaultValue = "0s",
      converter = DurationConverter.class,
      description = "End when nothing has come for so long (default: never).")
  private Duration idle = Duration.ZERO;

  private long taken;

  /** Made by picocli. */
  TailCommand() {}

  @Override
  public Integer call() throws CommandException, SinkException {
    KafkaSettings settings = kafka.settingsOr(LOCAL_BROKER);
    PrintStream out = general.out();
    RecordLine lines = new RecordLine(general.style());
    try (TopicReader reader = new TopicReader(settings, kinds(settings), fromBeginning)) {
      reader.read(
          idle,
          envelope -> {
            print(out, lines, envelope);
            taken++;
            return (count == 0 || taken < count) && !out.checkError();
          });
    }
    return ExitCode.DONE;
  }

  private void print(PrintStream out, RecordLine lines, Envelope envelope) {
    if (json) {
      byte[] text = JsonCodec.encode(envelope);
      out.write(text, 0, text.length);
      out.write('\n');
    } else {
      out.println(lines.of(envelope));
    }
  }

  private List<String> kinds(KafkaSettings settings) throws CommandException {
    List<String> all = Arrays.stream(Body.Kind.values()).map(Body.Kind::label).toList();
    if (topic == null) {
      return all;
    }
    String prefix = settings.topicPrefix();
    String kind = topic.startsWith(prefix) ? topic.substring(prefix.length()) : topic;
    if (!all.contains(kind)) {
      throw new CommandException(
          ExitCode.USAGE,
          "no topic has the name '%s'; there are %s"
              .formatted(topic, all.stream().collect(Collectors.joining(", "))));
    }
    return List.of(kind);
  }
}
