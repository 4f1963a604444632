// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import picocli.CommandLine.Command;

/** The command line's root: names the commands. */
@Command(
    name = "dnsprism",
    versionProvider = Version.class,
    description =
        "Tells apart every way in which DNS travels, and counts who receives it: Do53, DoT, DoH,"
            + " DoH3, DoQ, DNSCrypt.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dnsprism replay office.pcapng          a report on what is in a capture",
      "  dnsprism explain office.pcapng         why each flow was taken for what",
      "  dnsprism demo                          a capture through a real Kafka broker, and back",
      "",
      "'dnsprism COMMAND --help' tells more.",
    },
    subcommands = {
      ReplayCommand.class,
      LiveCommand.class,
      ExplainCommand.class,
      TailCommand.class,
      VerifyCommand.class,
      SpoolCommand.class,
      EndpointsCommand.class,
      DemoCommand.class
    })
final class RootCommand {
  /** Made by picocli. */
  RootCommand() {}
}
