// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import picocli.CommandLine.Command;

/** The list of known resolvers. */
@Command(
    name = "endpoints",
    description =
        "Look at the list of known resolvers, check a list of your own, or resolve its names anew.",
    synopsisSubcommandLabel = "list | lookup | check | update",
    subcommands = {
      EndpointsListCommand.class,
      EndpointsLookupCommand.class,
      EndpointsCheckCommand.class,
      EndpointsUpdateCommand.class
    })
final class EndpointsCommand {
  /** Made by picocli. */
  EndpointsCommand() {}
}
