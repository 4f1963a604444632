// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import picocli.CommandLine.Command;

/** Looks after records that wait on the disk. */
@Command(
    name = "spool",
    description = "Records that wait on the disk because Kafka was away.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    subcommands = {SpoolStatusCommand.class, SpoolDrainCommand.class})
final class SpoolCommand {
  /** Made by picocli. */
  SpoolCommand() {}
}
