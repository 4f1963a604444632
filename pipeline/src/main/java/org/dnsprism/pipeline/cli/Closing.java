// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what has been read, where a failure changes nothing any more. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  static void all(List<? extends Closeable> open) {
    for (Closeable each : open) {
      try {
        each.close();
      } catch (IOException e) {
        LOG.debug("not closed", e);
      }
    }
  }
}
