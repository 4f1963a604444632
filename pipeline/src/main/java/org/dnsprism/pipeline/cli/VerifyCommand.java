// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.dnsprism.pipeline.kafka.Completeness.Finding;
import org.dnsprism.pipeline.kafka.TopicScan;
import org.dnsprism.pipeline.sink.SinkException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves that all records are in Kafka. */
@Command(
    name = "verify",
    description =
        "Read the topics and prove that each record is there once: no gap, no duplicate, and as"
            + " many as the agents say they produced.",
    footerHeading = "%nExit code 65: something is missing or there twice.%n%nExamples:%n",
    footer = {
      "  dnsprism verify --kafka broker1:9092",
      "  dnsprism verify --kafka broker1:9092 --since 24h --agent edge-1",
    })
final class VerifyCommand implements Callable<Integer> {
  private static final String LOCAL_BROKER = "localhost:9092";
  private static final String ROW = "%-20s %-36s %-8s %12s %10s %10s %10s  %s%n";

  @Mixin private KafkaOptions kafka;
  @Mixin private GeneralOptions general;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Only what came to Kafka in so long a time (default: all that is there).")
  private @Nullable Duration since;

  @Option(names = "--agent", paramLabel = "NAME", description = "Only this agent's records.")
  private @Nullable String agent;

  @Option(names = "--run", paramLabel = "ID", description = "Only this run's records.")
  private @Nullable String run;

  /** Made by picocli. */
  VerifyCommand() {}

  @Override
  public Integer call() throws SinkException, CommandException {
    Instant from = since == null ? null : Instant.now().minus(since);
    TopicScan.Result result = TopicScan.read(kafka.settingsOr(LOCAL_BROKER), from);
    List<Finding> findings =
        result.completeness().findings().stream().filter(this::wanted).toList();
    PrintStream out = general.out();
    out.printf(ROW, "agent", "run", "record", "records", "twice", "discarded", "missing", "");
    findings.forEach(finding -> print(out, finding));
    out.flush();
    return judge(findings, result);
  }

  private boolean wanted(Finding finding) {
    return (agent == null || agent.equals(finding.source().agent()))
        && (run == null || run.equals(finding.source().run()));
  }

  private static void print(PrintStream out, Finding finding) {
    String state = finding.ended() ? "" : "run has not ended";
    out.printf(
        ROW,
        finding.source().agent(),
        finding.source().run(),
        finding.source().kind(),
        count(finding.records()),
        count(finding.duplicates()),
        count(finding.discarded()),
        count(finding.missing()),
        finding.missing() == 0 ? state : "seq " + finding.gaps());
  }

  private static String count(long count) {
    return "%,d".formatted(count);
  }

  private int judge(List<Finding> findings, TopicScan.Result result) throws CommandException {
    long records = findings.stream().mapToLong(Finding::records).sum();
    long missing = findings.stream().mapToLong(Finding::missing).sum();
    long twice = findings.stream().mapToLong(Finding::duplicates).sum();
    long discarded = findings.stream().mapToLong(Finding::discarded).sum();
    long unaccounted = result.completeness().unaccounted();
    if (missing + twice + unaccounted + result.foreign() > 0) {
      throw new CommandException(
          ExitCode.DAMAGED_INPUT,
          "%,d records are missing, %,d are there twice, %,d are unaccounted for, %,d messages are no records"
              .formatted(missing, twice, unaccounted, result.foreign()));
    }
    if (!general.quiet()) {
      System.err.printf(
          "dnsprism: complete: %,d records, each once; %,d given up, as told%n",
          records, discarded);
    }
    return ExitCode.DONE;
  }
}
