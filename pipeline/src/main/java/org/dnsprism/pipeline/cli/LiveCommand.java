// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dnsprism.capture.FrameSource;
import org.dnsprism.capture.ring.RingSource;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.report.RecordLine;
import org.dnsprism.pipeline.report.TerminalReport;
import org.dnsprism.pipeline.sink.BodySink;
import org.dnsprism.pipeline.sink.RecordSink;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.sink.Stamper;
import org.dnsprism.pipeline.window.CaptureRun;
import org.dnsprism.pipeline.window.CaptureRun.Outcome;
import org.dnsprism.pipeline.window.WorkPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  /** Made by picocli. */
  LiveCommand() {}

  @Override
  public Integer call() throws IOException, CommandException, EndpointListException, SinkException {
    WorkPlan plan = analysis.livePlan();
    List<RecordSink> sinks = outputs.open();
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
    PrintStream out = general.out();
    RecordLine line = new RecordLine(general.style());
    BodySink lines =
        body -> {
          stamper.accept(body);
          if (sinks.isEmpty() && body instanceof WindowRecord window) {
            out.println(line.window(window));
            out.flush();
          }
        };
    Outcome outcome =
        new CaptureRun(plan, analysis.ownKnown(), lines)
            .runLive(limited(rings, stop), capture.interfaces(), InstantSource.system(), stop);
    for (RecordSink sink : sinks) {
      sink.finish();
    }
    if (sinks.isEmpty()) {
      out.print(TerminalReport.render(outcome.summary(), general.style()));
      out.flush();
    } else if (!general.quiet()) {
      stamper.tell(System.err);
    }
    if (outcome.failure() instanceof IOException broken) {
      throw broken;
    }
    if (outcome.failure() != null) {
      throw new IllegalStateException("a worker failed: " + outcome.failure(), outcome.failure());
    }
    return ExitCode.DONE;
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
