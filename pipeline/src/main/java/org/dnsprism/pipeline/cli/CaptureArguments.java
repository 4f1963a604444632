// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.capture.file.CaptureInput;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The captures that a command reads. */
final class CaptureArguments {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Captures: pcap, pcapng or snoop, also .gz .zst .lz4 .xz of them; - for standard input."
              + " Several are one stream in time order.")
  private List<String> files = new ArrayList<>();

  @Option(names = "--no-progress", description = "No progress bar on standard error.")
  private boolean noProgress;

  List<String> names() {
    return files;
  }

  CaptureInput input() throws IOException, CommandException {
    if (files.contains(CaptureInput.STANDARD_INPUT) && files.size() > 1) {
      throw new CommandException(
          ExitCode.USAGE, "standard input (-) cannot be read together with other captures");
    }
    return CaptureInput.of(files, System.in);
  }

  /** Whether a bar is wanted, and seen by somebody. */
  boolean showsProgress(GeneralOptions general) {
    return !noProgress && !general.quiet() && Terminal.isTerminal(Terminal.ERR);
  }
}
