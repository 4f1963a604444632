// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.dnsprism.pipeline.report.ReportStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class GeneralOptions {
  /** When to write in colours. */
  enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER
  }

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "Colours: auto, always or never (default ${DEFAULT-VALUE}).")
  private ColorMode color = ColorMode.AUTO;

  @Option(names = "--quiet", description = "No progress and no closing line on standard error.")
  private boolean quiet;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with options by their long names; the command line wins.")
  @SuppressWarnings("unused") // read before all other options, so that it can give their defaults
  private @Nullable Path config;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "error",
      description =
          "Log on standard error: off, error, warn, info, debug or trace (default"
              + " ${DEFAULT-VALUE}).")
  void logLevel(LogSetup.LogLevel level) {
    LogSetup.apply(level);
  }

  boolean quiet() {
    return quiet;
  }

  ReportStyle style() {
    return style(Terminal.width());
  }

  /** A style for so many columns. */
  ReportStyle style(int columns) {
    return new ReportStyle(columns, colored(), Terminal.unicode());
  }

  private boolean colored() {
    return switch (color) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> System.getenv("NO_COLOR") == null && Terminal.isTerminal(Terminal.OUT);
    };
  }

  /** Standard output for text, in the characters of the user's locale. */
  PrintStream out() {
    return new PrintStream(new FileOutputStream(FileDescriptor.out), false, Terminal.charset());
  }
}
