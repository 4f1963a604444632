// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Programs of the system that write captures or pack files, where they are installed. */
final class Commands {
  private static final long PATIENCE_SECONDS = 60;

  private Commands() {}

  static boolean present(String program) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Runs a program from one file to another. */
  static void run(List<String> command, Path input, Path output)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertTrue(process.waitFor(PATIENCE_SECONDS, SECONDS), command::toString);
    } finally {
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), command::toString);
  }
}
