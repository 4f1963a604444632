// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dnsprism.pipeline.record.FlowRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Which flows are wanted. Clients are compared as far as records tell of them: where they are told
 * of by network, an address fits all flows of its network.
 */
final class FlowFilter implements Predicate<FlowRecord> {
  @Option(
      names = "--flow",
      paramLabel = "CLIENT:PORT-SERVER:PORT",
      converter = EndsConverter.class,
      description = "Only this flow; IPv6 addresses in brackets, networks are taken too.")
  private @Nullable Ends ends;

  @Option(
      names = "--client",
      paramLabel = "ADDRESS",
      converter = RangeConverter.class,
      description =
          "Only flows of this client or network; exact with --clients full, by its network without.")
  private @Nullable AddressRange client;

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      converter = RangeConverter.class,
      description = "Only flows to this server or network.")
  private @Nullable AddressRange server;

  @Option(
      names = "--transport",
      paramLabel = "LABEL",
      description = "Only flows with this verdict, such as doh.")
  private @Nullable String transport;

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Only the Nth of the flows that the other options let through, from 1.")
  private @Nullable Integer index;

  private long fitting;

  /** Made by picocli. */
  FlowFilter() {}

  /** Refuses what could never fit. */
  void check() throws CommandException {
    if (index != null && index < 1) {
      throw new CommandException(ExitCode.USAGE, "--index counts from 1, not from " + index);
    }
  }

  /** Whether a flow is wanted; flows are to be asked about in the order of their records. */
  @Override
  public boolean test(FlowRecord flow) {
    boolean fits =
        (transport == null || transport.equals(flow.transport()))
            && (server == null || server.overlaps(AddressRange.of(flow.serverIp())))
            && (client == null || isClient(client, flow))
            && (ends == null || ends.fits(flow));
    fitting += fits ? 1 : 0;
    return fits && (index == null || fitting == index);
  }

  private static boolean isClient(AddressRange wanted, FlowRecord flow) {
    String told = flow.clientIp();
    return told != null && isAddress(told) && wanted.overlaps(AddressRange.of(told));
  }

  /** Pseudonyms are none. */
  private static boolean isAddress(String told) {
    return told.indexOf('.') >= 0 || told.indexOf(':') >= 0;
  }

  /** Both ends of a flow. */
  private record Ends(AddressRange client, int clientPort, AddressRange server, int serverPort) {
    boolean fits(FlowRecord flow) {
      return clientPort == flow.clientPort()
          && serverPort == flow.serverPort()
          && server.overlaps(AddressRange.of(flow.serverIp()))
          && isClient(client, flow);
    }
  }

  /** Reads an address or network. */
  static final class RangeConverter implements ITypeConverter<AddressRange> {
    /** Made by picocli. */
    RangeConverter() {}

    @Override
    public AddressRange convert(String text) {
      try {
        return AddressRange.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads both ends. */
  static final class EndsConverter implements ITypeConverter<Ends> {
    private static final String END = "\\[?([0-9a-fA-F.:/]+?)]?:([0-9]{1,5})";
    private static final Pattern FORM = Pattern.compile(END + "-" + END);

    /** Made by picocli. */
    EndsConverter() {}

    @Override
    public Ends convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'" + text + "' is no flow; write 192.0.2.7:40000-9.9.9.9:853");
      }
      RangeConverter ranges = new RangeConverter();
      return new Ends(
          ranges.convert(matcher.group(1)),
          Integer.parseInt(matcher.group(2)),
          ranges.convert(matcher.group(3)),
          Integer.parseInt(matcher.group(4)));
    }
  }
}
