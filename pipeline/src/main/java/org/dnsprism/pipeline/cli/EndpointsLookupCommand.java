// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.PrintStream;
import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dnsprism.classifier.endpoint.Endpoint;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.xbill.DNS.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells which rule of the endpoint list a name or address matches. */
@Command(
    name = "lookup",
    description = "Tell which rule a server name or address matches.",
    footerHeading = "%nExamples:%n",
    footer = {"  dnsprism endpoints lookup dns.google 9.9.9.9 2606:4700:4700::1111"})
final class EndpointsLookupCommand implements Callable<Integer> {
  private static final long V4_MAPPED = 0xffff_0000_0000L;

  @Mixin private GeneralOptions general;

  @Mixin private EndpointOptions endpoints;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME-OR-ADDRESS",
      description = "Server names, IPv4 or IPv6 addresses.")
  private List<String> asked = new ArrayList<>();

  /** Made by picocli. */
  EndpointsLookupCommand() {}

  @Override
  public Integer call() throws CommandException, EndpointListException {
    EndpointList list = endpoints.read();
    PrintStream out = general.out();
    out.println("asked\t" + EndpointLine.HEADER);
    for (String each : asked) {
      out.println(answer(list, each));
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** What was asked, as far as it may be told, and the rule. */
  private static String answer(EndpointList list, String text) throws CommandException {
    String asked = text;
    int found;
    byte[] v4 = Address.toByteArray(text, Address.IPv4);
    byte[] v6 = Address.toByteArray(text, Address.IPv6);
    if (v4 != null) {
      found = list.findAddress(0, V4_MAPPED | (ByteBuffer.wrap(v4).getInt() & 0xffff_ffffL));
    } else if (v6 != null) {
      ByteBuffer bytes = ByteBuffer.wrap(v6);
      found = list.findAddress(bytes.getLong(), bytes.getLong());
    } else {
      asked = name(text);
      byte[] name = asked.getBytes(StandardCharsets.US_ASCII);
      found = list.findName(name, 0, name.length);
    }
    if (found < 0) {
      return text + "\tnot listed";
    }
    Endpoint rule = list.endpoint(found);
    return rule.mask(asked) + "\t" + EndpointLine.of(rule);
  }

  private static String name(String text) throws CommandException {
    String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    try {
      return IDN.toASCII(bare).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE, "neither a name nor an address: '" + text + "'", e);
    }
  }
}
