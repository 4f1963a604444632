// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.util.concurrent.Callable;
import org.dnsprism.pipeline.kafka.SpoolDrain;
import org.dnsprism.pipeline.sink.SinkException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Sends what waits. */
@Command(
    name = "drain",
    description =
        "Send the records that ended runs have left for these brokers and topics. A run that goes"
            + " on, or starts, sends its own and those by itself.",
    footerHeading = "%nExit code 69: some are left over.%n%nExample:%n",
    footer = "  dnsprism spool drain --kafka broker1:9092")
final class SpoolDrainCommand implements Callable<Integer> {
  private static final String LOCAL_BROKER = "localhost:9092";

  @Mixin private KafkaOptions kafka;
  @Mixin private DeliveryOptions delivery;
  @Mixin private GeneralOptions general;

  /** Made by picocli. */
  SpoolDrainCommand() {}

  @Override
  public Integer call() throws SinkException {
    long sent = SpoolDrain.run(kafka.settingsOr(LOCAL_BROKER), delivery.settings(true));
    if (!general.quiet()) {
      System.err.printf("dnsprism: sent: %,d records%n", sent);
    }
    return ExitCode.DONE;
  }
}
