// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.pipeline.endpoint.EndpointFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options on which lists of resolvers are in force. */
final class EndpointOptions {
  @Option(
      names = "--endpoints",
      paramLabel = "FILE",
      split = ",",
      description = "List of resolvers on top of the bundled one; may be repeated.")
  private List<Path> lists = new ArrayList<>();

  @Option(
      names = "--overlay",
      paramLabel = "FILE",
      description =
          "What 'endpoints update' wrote (default: dnsprism/overlay.tsv in $XDG_DATA_HOME or"
              + " ~/.local/share, if it is there).")
  private @Nullable Path overlay;

  @Option(names = "--no-overlay", description = "Leave the overlay out.")
  private boolean noOverlay;

  /** The files in force. */
  EndpointFiles files() {
    return new EndpointFiles(noOverlay ? null : overlay(), lists);
  }

  /** Where the overlay lies. */
  Path overlay() {
    return overlay == null ? EndpointFiles.usualOverlay() : overlay;
  }

  /** The lists of the user without the overlay. */
  EndpointFiles withoutOverlay() {
    return new EndpointFiles(null, lists);
  }

  /** The list in force. */
  EndpointList read() throws CommandException, EndpointListException {
    return read(files());
  }

  /** The bundled list with files on top. */
  static EndpointList read(EndpointFiles files) throws CommandException, EndpointListException {
    try {
      return files.read();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.CONFIGURATION, "the endpoint list cannot be read: " + e, e);
    }
  }
}
