// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.report.FlowExplanation;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.window.WorkPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells for each flow of a capture what it was taken for, why, and what would change it. */
@Command(
    name = "explain",
    description =
        "Tell for each DNS flow of a capture what it was taken for, why, and what would change it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dnsprism explain office.pcapng",
      "  dnsprism explain office.pcapng --all --server 192.0.2.1",
      "  dnsprism explain office.pcapng --transport doh --index 1",
      "  dnsprism explain office.pcapng --flow 192.0.2.7:40000-9.9.9.9:853",
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin private CaptureArguments captures;
  @Mixin private AnalysisOptions analysis;
  @Mixin private GeneralOptions general;

  @Option(names = "--all", description = "Flows that are not DNS too.")
  private boolean all;

  @Mixin private FlowFilter filter;

  private long flows;
  private long explained;

  /** Made by picocli. */
  ExplainCommand() {}

  @Override
  public Integer call() throws IOException, CommandException, EndpointListException, SinkException {
    filter.check();
    PrintStream out = general.out();
    FlowExplanation explanation = new FlowExplanation(general.style());
    WorkPlan plan = analysis.plan(all ? WorkPlan.Flows.ALL : WorkPlan.Flows.DNS);
    Replay replay =
        Replay.of(
            captures,
            general,
            plan,
            analysis.ownKnown(),
            plan::endpoints,
            body -> {
              if (body instanceof FlowRecord flow) {
                flows++;
                if (filter.test(flow)) {
                  explained++;
                  out.println(explanation.of(flow));
                }
              }
            });
    out.flush();
    replay.finish();
    sayIfNothing();
    return ExitCode.DONE;
  }

  /** Nothing on standard output would leave open whether anything was read. */
  private void sayIfNothing() {
    if (explained == 0 && !general.quiet()) {
      String kind = all ? "flows" : "flows of DNS";
      String hint = all ? "" : "; --all tells of the others too";
      System.err.printf(Locale.ROOT, "dnsprism: none of %,d %s is told of%s%n", flows, kind, hint);
    }
  }
}
