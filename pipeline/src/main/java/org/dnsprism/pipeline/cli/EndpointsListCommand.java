// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dnsprism.classifier.endpoint.Endpoint;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.classifier.endpoint.EndpointProtocol;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the rules of the endpoint list. */
@Command(
    name = "list",
    description = "Print the rules in force, their fields separated by tabs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dnsprism endpoints list --operator Quad9",
      "  dnsprism endpoints list --protocol doq --endpoints my.tsv | column -ts $'\\t'",
    })
final class EndpointsListCommand implements Callable<Integer> {
  @Mixin private GeneralOptions general;

  @Mixin private EndpointOptions endpoints;

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description = "Only rules whose operator contains this text.")
  private @Nullable String operator;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description = "Only rules with do53, dot, doh, doh3, doq or dnscrypt.")
  private @Nullable EndpointProtocol protocol;

  /** Made by picocli. */
  EndpointsListCommand() {}

  @Override
  public Integer call() throws CommandException, EndpointListException {
    EndpointList list = endpoints.read();
    PrintStream out = general.out();
    age(list).forEach(out::println);
    out.println(EndpointLine.HEADER);
    for (int i = 0; i < list.entries(); i++) {
      if (wanted(list.endpoint(i))) {
        out.println(EndpointLine.of(list.endpoint(i)));
      }
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** Comments as list files have them: which list it is, and how old today. */
  private static List<String> age(EndpointList list) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    LocalDate staleAfter = list.staleAfter();
    List<String> comments = new ArrayList<>();
    comments.add("# version: " + list.version());
    comments.add("# digest: " + list.digest());
    comments.add(
        "# newest_source: %s (%,d days ago)"
            .formatted(list.newestSource(), ChronoUnit.DAYS.between(list.newestSource(), today)));
    if (staleAfter != null) {
      boolean stale = today.isAfter(staleAfter);
      comments.add("# stale_after: " + staleAfter + (stale ? " (too old, update it)" : ""));
    }
    return comments;
  }

  private boolean wanted(Endpoint rule) {
    String name = rule.operator().toLowerCase(Locale.ROOT);
    return (operator == null || name.contains(operator.toLowerCase(Locale.ROOT)))
        && (protocol == null || rule.serves(protocol));
  }
}
