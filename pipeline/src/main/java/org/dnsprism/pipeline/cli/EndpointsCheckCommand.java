// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks lists of resolvers. */
@Command(
    name = "check",
    description = "Check lists of resolvers; a broken one is refused with its line.",
    footerHeading = "%nExamples:%n",
    footer = {"  dnsprism endpoints check my.tsv"})
final class EndpointsCheckCommand implements Callable<Integer> {
  @Mixin private GeneralOptions general;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Lists, each on top of those before it.")
  private List<Path> files = new ArrayList<>();

  /** Made by picocli. */
  EndpointsCheckCommand() {}

  @Override
  public Integer call() throws CommandException, EndpointListException {
    EndpointList list = AnalysisOptions.endpointList(files);
    PrintStream out = general.out();
    out.printf(
        "%d list(s) good; with the bundled list %s: %,d rules, %,d operators, digest %s%n",
        files.size(), list.version(), list.entries(), list.operatorCount() - 1, list.digest());
    out.flush();
    return ExitCode.DONE;
  }
}
