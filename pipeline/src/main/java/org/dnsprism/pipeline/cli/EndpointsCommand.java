// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import picocli.CommandLine.Command;

/** The list of known resolvers. */
@Command(
    name = "endpoints",
    description = "Look at the list of known resolvers, or check a list of your own.",
    synopsisSubcommandLabel = "list | lookup | check",
    subcommands = {
      EndpointsListCommand.class,
      EndpointsLookupCommand.class,
      EndpointsCheckCommand.class
    })
final class EndpointsCommand {
  /** Made by picocli. */
  EndpointsCommand() {}
}
