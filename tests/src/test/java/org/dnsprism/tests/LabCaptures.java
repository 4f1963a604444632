// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests;

import java.nio.file.Path;
import java.util.Objects;

/** Where the captures of the lab lie: they are part of the repository. */
public final class LabCaptures {
  private static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("dnsprism.root"), "dnsprism.root"));

  private LabCaptures() {}

  /** The repository's folder. */
  public static Path root() {
    return ROOT;
  }

  /** A capture by the name of its file. */
  public static Path path(String file) {
    return ROOT.resolve("tests/lab/captures").resolve(file);
  }
}
