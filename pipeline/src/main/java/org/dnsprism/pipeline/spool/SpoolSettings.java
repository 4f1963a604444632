// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.spool;

import java.nio.file.Path;

/**
 * Where records wait, and how much of them.
 *
 * @param directory folder of all spools of this user
 * @param maxBytes what waiting records of one spool may take on the disk, packed
 */
public record SpoolSettings(Path directory, long maxBytes) {
  /** The bound unless said otherwise. */
  public static final long DEFAULT_BYTES = 1L << 30;

  /**
   * Where spools lie if nothing else is said: in the folder for state of the XDG Base Directory
   * Specification.
   */
  public static Path defaultDirectory() {
    String state = System.getenv("XDG_STATE_HOME");
    Path base =
        state != null && Path.of(state).isAbsolute()
            ? Path.of(state)
            : Path.of(System.getProperty("user.home"), ".local", "state");
    return base.resolve("dnsprism").resolve("spool");
  }
}
