// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.util.function.Supplier;
import org.dnsprism.capture.file.CaptureInput;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.sink.BodySink;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.window.CaptureRun;
import org.dnsprism.pipeline.window.CaptureRun.Outcome;
import org.dnsprism.pipeline.window.WorkPlan;
import org.jspecify.annotations.Nullable;

/** A capture read from its first frame to its last, as far as it can be read. */
final class Replay {
  private final SummaryRecord summary;
  private final @Nullable Throwable failure;

  private Replay(Outcome outcome) {
    summary = outcome.summary();
    failure = outcome.failure();
  }

  /**
   * Reads the captures to their end and hands all records to the sink.
   *
   * @param lists the newest endpoint list, first that of the plan
   */
  static Replay of(
      CaptureArguments captures,
      GeneralOptions general,
      WorkPlan plan,
      boolean ownKnown,
      Supplier<EndpointList> lists,
      BodySink sink)
      throws IOException, CommandException, SinkException {
    CaptureInput input = captures.input();
    CaptureRun run = new CaptureRun(plan, ownKnown, sink).following(lists);
    if (!captures.showsProgress(general)) {
      return new Replay(run.run(input.open(plan.workers()), captures.names()));
    }
    try (ProgressDisplay progress = new ProgressDisplay(input.bytesTotal())) {
      progress.follow(input);
      return new Replay(run.run(input.open(plan.workers()), captures.names()));
    }
  }

  SummaryRecord summary() {
    return summary;
  }

  /** Whether the input broke before its first frame. */
  boolean nothingRead() {
    return failure != null && summary.whole().frames() == 0;
  }

  /**
   * Ends the command by what became of the input.
   *
   * @throws CommandException when it broke off, saying where
   */
  void finish() throws CommandException {
    if (failure instanceof IOException broken) {
      CommandException known = Failures.asCommandException(broken);
      boolean missing = known.exitCode() != ExitCode.NO_INPUT || summary.whole().frames() == 0;
      throw new CommandException(
          missing ? known.exitCode() : ExitCode.DAMAGED_INPUT,
          "%s; %,d frames before that are reported"
              .formatted(known.getMessage(), summary.whole().frames()),
          broken);
    }
    if (failure != null) {
      throw new IllegalStateException("a worker failed: " + failure, failure);
    }
  }
}
