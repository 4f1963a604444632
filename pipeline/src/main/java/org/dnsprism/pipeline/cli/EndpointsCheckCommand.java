// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.pipeline.endpoint.EndpointFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks lists of resolvers. */
@Command(
    name = "check",
    description = "Check lists of resolvers; all errors are told, each with file and line.",
    footerHeading = "%nExamples:%n",
    footer = {"  dnsprism endpoints check my.tsv"})
final class EndpointsCheckCommand implements Callable<Integer> {
  @Mixin private GeneralOptions general;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Lists, each on top of those before it.")
  private List<Path> files = new ArrayList<>();

  /** Made by picocli. */
  EndpointsCheckCommand() {}

  @Override
  public Integer call() throws CommandException {
    try {
      tell(EndpointOptions.read(new EndpointFiles(null, files)));
      return ExitCode.DONE;
    } catch (EndpointListException e) {
      PrintWriter err = spec.commandLine().getErr();
      e.problems().forEach(problem -> err.println("dnsprism: " + problem));
      err.flush();
      return ExitCode.CONFIGURATION;
    }
  }

  private void tell(EndpointList list) {
    PrintStream out = general.out();
    out.printf(
        "%d list(s) good; with the bundled list %s: %,d rules, %,d operators, digest %s%n",
        files.size(), list.version(), list.entries(), list.operatorCount() - 1, list.digest());
    out.flush();
  }
}
