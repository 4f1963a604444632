// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dnsprism.pipeline.window.SketchKey;

/** Where the secret behind the sketches of clients comes from. */
final class HostSecret {
  /**
   * A random name that Linux gives a host at installation and that must not be told to others; what
   * is shown to them is derived from it (machine-id(5)).
   */
  private static final Path MACHINE_ID = Path.of("/etc/machine-id");

  /** More is read from no file, so that a wrong one such as a device does no harm. */
  private static final int MOST_BYTES = 4096;

  private HostSecret() {}

  /**
   * The key of this host, the same at each start, so that its sketches can be merged over days; one
   * for this run alone where the host has no name of that kind.
   */
  static SketchKey sketchKey() {
    try {
      return SketchKey.ofSecret(read(MACHINE_ID));
    } catch (IOException | IllegalArgumentException e) {
      return SketchKey.random();
    }
  }

  /**
   * The key of a secret in a file.
   *
   * @throws CommandException when the file cannot be read or holds too little
   */
  static SketchKey sketchKey(Path file) throws CommandException {
    try {
      return SketchKey.ofSecret(read(file));
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.CONFIGURATION, "the secret " + file + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.CONFIGURATION, file + ": " + e.getMessage(), e);
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST_BYTES);
    }
  }
}
