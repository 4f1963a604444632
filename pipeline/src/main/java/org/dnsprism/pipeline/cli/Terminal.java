// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process was started from: whether a person looks on, and at how many columns. */
final class Terminal {
  /** File descriptor of standard output. */
  static final int OUT = 1;

  /** File descriptor of standard error. */
  static final int ERR = 2;

  private static final int DEFAULT_WIDTH = 100;
  private static final int MIN_WIDTH = 60;
  private static final int MAX_WIDTH = 160;

  private Terminal() {}

  /** Whether a file descriptor is a terminal, as Linux tells. */
  static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** Columns to write in: those of the terminal as the shell tells, within reason. */
  static int width() {
    String columns = System.getenv("COLUMNS");
    if (columns == null || !columns.matches("[0-9]{1,4}")) {
      return DEFAULT_WIDTH;
    }
    return Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, Integer.parseInt(columns)));
  }

  /** The character set of the user's locale. */
  static Charset charset() {
    return Charset.forName(System.getProperty("native.encoding", "UTF-8"));
  }

  /** Whether the locale can show block and line characters. */
  static boolean unicode() {
    return charset().equals(StandardCharsets.UTF_8);
  }
}
