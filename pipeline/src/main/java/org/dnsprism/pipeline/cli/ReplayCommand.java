// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.dnsprism.capture.file.CaptureInput;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.pipeline.endpoint.EndpointWatch;
import org.dnsprism.pipeline.report.TerminalReport;
import org.dnsprism.pipeline.sink.BodySink;
import org.dnsprism.pipeline.sink.RecordSink;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.sink.Stamper;
import org.dnsprism.pipeline.window.WorkPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads captures and tells what DNS is in them. */
@Command(
    name = "replay",
    description = "Read captures and report the DNS in them, by transport and operator.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dnsprism replay office.pcapng",
      "  dnsprism replay monday.pcap.zst tuesday.pcap.zst --window 5m --out results",
      "  tcpdump -w - -i eth0 | dnsprism replay - --json | jq 'select(.record==\"window\")'",
      "  dnsprism replay big.pcap --kafka broker1:9092,broker2:9092",
    })
final class ReplayCommand implements Callable<Integer> {
  @Mixin private CaptureArguments captures;
  @Mixin private AnalysisOptions analysis;
  @Mixin private OutputOptions outputs;
  @Mixin private GeneralOptions general;

  /** Made by picocli. */
  ReplayCommand() {}

  @Override
  public Integer call() throws IOException, CommandException, EndpointListException, SinkException {
    captures.input();
    List<RecordSink> sinks = outputs.open(true);
    try {
      Stamper stamper = outputs.stamper(sinks);
      Replay replay = replay(analysis.plan(), stamper);
      for (RecordSink sink : sinks) {
        sink.finish();
      }
      if (sinks.isEmpty() && !replay.nothingRead()) {
        print(replay);
      } else if (!general.quiet() && !sinks.isEmpty()) {
        stamper.tell(System.err);
      }
      replay.finish();
      return ExitCode.DONE;
    } finally {
      sinks.forEach(RecordSink::close);
    }
  }

  /**
   * Standard input may go on for days, so that lists are watched; files give the same each time.
   */
  private Replay replay(WorkPlan plan, BodySink sink)
      throws IOException, CommandException, SinkException {
    if (!captures.names().contains(CaptureInput.STANDARD_INPUT)) {
      return Replay.of(captures, general, plan, analysis.ownKnown(), plan::endpoints, sink);
    }
    try (EndpointWatch lists = analysis.watch(plan.endpoints())) {
      return Replay.of(captures, general, plan, analysis.ownKnown(), lists, sink);
    }
  }

  private void print(Replay replay) throws CommandException {
    PrintStream out = general.out();
    out.print(TerminalReport.render(replay.summary(), general.style()));
    out.flush();
    if (out.checkError()) {
      throw new CommandException(ExitCode.OUTPUT, "standard output cannot be written");
    }
  }
}
