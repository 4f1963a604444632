// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as a user starts it. */
final class Program {
  private static final long TIMEOUT_SECONDS = 180;

  private final int exitCode;
  private final String out;
  private final String err;

  private Program(int exitCode, String out, String err) {
    this.exitCode = exitCode;
    this.out = out;
    this.err = err;
  }

  /** Runs it to its end, its standard input from a file or from nothing. */
  static Program run(String... arguments) throws IOException, InterruptedException {
    return run(Path.of("/dev/null"), List.of(), arguments);
  }

  /**
   * Runs it to its end.
   *
   * @param input standard input
   * @param wrapper command that the program is started by, such as one that takes rights away
   */
  static Program run(Path input, List<String> wrapper, String... arguments)
      throws IOException, InterruptedException {
    return start(input, wrapper, arguments).finish();
  }

  /** Starts it, with nothing on its standard input. */
  static Running start(List<String> wrapper, String... arguments) throws IOException {
    return start(Path.of("/dev/null"), wrapper, arguments);
  }

  private static Running start(Path input, List<String> wrapper, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(command(arguments));
    Path out = Files.createTempFile("dnsprism-test-", ".out");
    Path err = Files.createTempFile("dnsprism-test-", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // Whatever overlay the user of this machine has is none of the tests' business.
    builder.environment().put("XDG_DATA_HOME", System.getProperty("java.io.tmpdir") + "/none");
    return new Running(builder.start(), out, err, String.join(" ", arguments));
  }

  /** The command that starts the program. */
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("org.dnsprism.pipeline.cli.Main");
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** The program while it runs. */
  static final class Running {
    private final Process process;
    private final Path out;
    private final Path err;
    private final String arguments;

    private Running(Process process, Path out, Path err, String arguments) {
      this.process = process;
      this.out = out;
      this.err = err;
      this.arguments = arguments;
    }

    /** Sends it a signal, such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }

    /** Ends it at once, if it still runs. */
    void kill() {
      process.destroyForcibly();
    }

    /** Waits for its end. */
    Program finish() throws IOException, InterruptedException {
      try {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException("does not end: " + arguments);
        }
        return new Program(
            process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    }
  }

  int exitCode() {
    return exitCode;
  }

  String out() {
    return out;
  }

  String err() {
    return err;
  }

  /** Lines on standard error. */
  List<String> errLines() {
    return err.lines().toList();
  }
}
