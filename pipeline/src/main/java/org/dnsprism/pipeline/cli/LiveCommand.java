// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dnsprism.capture.FrameSource;
import org.dnsprism.capture.ring.RingSource;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.pipeline.endpoint.EndpointWatch;
import org.dnsprism.pipeline.sink.RecordSink;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.sink.Stamper;
import org.dnsprism.pipeline.window.CaptureRun;
import org.dnsprism.pipeline.window.CaptureRun.Outcome;
import org.dnsprism.pipeline.window.LiveSettings;
import org.dnsprism.pipeline.window.WorkPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Captures from interfaces and tells what DNS goes by. */
@Command(
    name = "live",
    description = "Capture from interfaces until interrupted, and report the DNS that goes by.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dnsprism live -i eth1",
      "  dnsprism live -i eth1,eth2 --window 1m --kafka broker1:9092",
      "  dnsprism live -i eth1 --duration 10m --json | jq 'select(.record==\"window\")'",
    })
final class LiveCommand implements Callable<Integer> {
  @Mixin private CaptureOptions capture;
  @Mixin private AnalysisOptions analysis;
  @Mixin private OutputOptions outputs;
  @Mixin private GeneralOptions general;

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "End after so long (default: when interrupted).")
  private @Nullable Duration duration;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after so many frames (default: when interrupted).")
  private long count = Long.MAX_VALUE;

  @Option(
      names = "--view",
      paramLabel = "HOW",
      defaultValue = "auto",
      description =
          "What standard output shows: a screen that is drawn anew each second, or lines; auto:"
              + " a screen on a terminal (default ${DEFAULT-VALUE}).")
  private View view = View.AUTO;

  @Option(
      names = "--heartbeat",
      paramLabel = "DURATION",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description =
          "An agent record each time so long has passed, where records are written (default"
              + " ${DEFAULT-VALUE}).")
  private Duration heartbeat = Duration.ofSeconds(10);

  @Option(
      names = "--shed",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Leave out whole client networks when rings fill, rather than lose frames of all"
              + " (default: yes).")
  private boolean shed = true;

  @Spec private CommandSpec spec;

  /** What standard output shows. */
  enum View {
    AUTO,
    SCREEN,
    LINES;

    boolean wanted(OutputOptions outputs, GeneralOptions general) {
      return switch (this) {
        case AUTO -> !outputs.json() && !general.quiet() && Terminal.isTerminal(Terminal.OUT);
        case SCREEN -> !outputs.json();
        case LINES -> false;
      };
    }
  }

  /** Made by picocli. */
  LiveCommand() {}

  @Override
  public Integer call() throws IOException, CommandException, EndpointListException, SinkException {
    WorkPlan plan = analysis.livePlan();
    List<RecordSink> sinks = outputs.open(false);
    try {
      List<RingSource> rings = capture.open(plan.workers());
      Runnable stop = () -> rings.forEach(RingSource::stop);
      Interruption interruption = new Interruption(stop, duration);
      try {
        return run(plan, sinks, rings, stop);
      } finally {
        interruption.disarm();
      }
    } finally {
      sinks.forEach(RecordSink::close);
    }
  }

  private int run(WorkPlan plan, List<RecordSink> sinks, List<RingSource> rings, Runnable stop)
      throws IOException, SinkException {
    Stamper stamper = outputs.stamper(sinks);
    List<String> interfaces = capture.interfaces();
    try (LiveOutput output =
        new LiveOutput(stamper, sinks, general, interfaces, view.wanted(outputs, general))) {
      if (!sinks.isEmpty() && !heartbeat.isZero()) {
        String digest = ConfigurationDigest.of(spec);
        output.observe(new Heartbeat(stamper, heartbeat, interfaces, plan.workers(), digest));
      }
      LiveSettings settings =
          new LiveSettings(interfaces, InstantSource.system(), stop, shed, output);
      Outcome outcome = run(plan, output, limited(rings, stop), settings);
      output.finish(outcome.summary());
      throwFailure(outcome);
    }
    return ExitCode.DONE;
  }

  private static void throwFailure(Outcome outcome) throws IOException {
    if (outcome.failure() instanceof IOException broken) {
      throw broken;
    }
    if (outcome.failure() != null) {
      throw new IllegalStateException("a worker failed: " + outcome.failure(), outcome.failure());
    }
  }

  private Outcome run(
      WorkPlan plan, LiveOutput output, List<FrameSource> sources, LiveSettings settings)
      throws SinkException {
    try (EndpointWatch lists = analysis.watch(plan.endpoints())) {
      return new CaptureRun(plan, analysis.ownKnown(), output)
          .following(lists)
          .runLive(sources, settings);
    }
  }

  private List<FrameSource> limited(List<RingSource> rings, Runnable stop) {
    if (count == Long.MAX_VALUE) {
      return List.copyOf(rings);
    }
    LimitedSource.Budget budget = new LimitedSource.Budget(count, stop);
    List<FrameSource> limited = new ArrayList<>();
    rings.forEach(ring -> limited.add(new LimitedSource(ring, budget)));
    return limited;
  }
}
