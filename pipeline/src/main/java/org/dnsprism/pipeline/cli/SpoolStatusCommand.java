// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.spool.SpoolException;
import org.dnsprism.pipeline.spool.SpoolFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells what waits. */
@Command(
    name = "status",
    description = "Tell how many records wait, and for which brokers; also while a run goes on.",
    footerHeading = "%nExample:%n",
    footer = "  dnsprism spool status")
final class SpoolStatusCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;

  @Mixin private DeliveryOptions delivery;
  @Mixin private GeneralOptions general;

  /** Made by picocli. */
  SpoolStatusCommand() {}

  @Override
  public Integer call() throws SinkException {
    PrintStream out = general.out();
    try {
      for (SpoolFolder.Status status : SpoolFolder.statuses(delivery.spool())) {
        out.printf(
            "%s  %,d records, %.1f MiB, for %s%s%n",
            status.path(),
            status.records(),
            status.bytes() / MEBIBYTE,
            status.target(),
            status.inUse() ? ", in use" : "");
      }
    } catch (SpoolException e) {
      throw new SinkException(SinkException.Cause.OUTPUT, String.valueOf(e.getMessage()), e);
    }
    out.flush();
    return ExitCode.DONE;
  }
}
