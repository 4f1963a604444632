// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.pipeline.endpoint.OverlayReport;
import org.dnsprism.pipeline.endpoint.OverlayUpdate;
import org.dnsprism.pipeline.endpoint.UnavailableException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;
import org.xbill.DNS.ResolverConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Resolves the names of the endpoint list anew. */
@Command(
    name = "update",
    description =
        "Resolve all listed names anew, and write their addresses and today's date into the"
            + " overlay, which lies on the bundled list from then on.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dnsprism endpoints update",
      "  dnsprism endpoints update --resolver 192.0.2.53 --rate 200/s",
    })
final class EndpointsUpdateCommand implements Callable<Integer> {
  @Mixin private GeneralOptions general;
  @Mixin private EndpointOptions endpoints;

  @Option(
      names = "--resolver",
      paramLabel = "ADDR[:PORT]",
      split = ",",
      converter = ServerConverter.class,
      description = "Recursive resolver to ask, may be repeated (default: the system's).")
  private List<InetSocketAddress> resolvers = new ArrayList<>();

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      defaultValue = "50/s",
      converter = RateConverter.class,
      description = "Most questions a second (default ${DEFAULT-VALUE}).")
  private int rate;

  @Option(names = "--no-progress", description = "No progress bar on standard error.")
  private boolean noProgress;

  /** Made by picocli. */
  EndpointsUpdateCommand() {}

  @Override
  public Integer call() throws CommandException, EndpointListException {
    if (endpoints.files().overlay() == null) {
      throw new CommandException(ExitCode.USAGE, "update writes the overlay: no --no-overlay here");
    }
    EndpointList base = EndpointOptions.read(endpoints.withoutOverlay());
    Path overlay = endpoints.overlay();
    try (OverlayUpdate update = new OverlayUpdate(base, overlay, LocalDate.now(ZoneOffset.UTC))) {
      OverlayReport report = run(update);
      report.refused().forEach(line -> System.err.println("dnsprism: " + line));
      PrintStream out = general.out();
      out.println(report.words());
      out.println("written to " + overlay);
      out.flush();
      return ExitCode.DONE;
    } catch (UnavailableException e) {
      throw new CommandException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandException(ExitCode.OUTPUT, overlay + " cannot be written: " + e, e);
    }
  }

  private OverlayReport run(OverlayUpdate update) throws UnavailableException, IOException {
    List<InetSocketAddress> servers =
        resolvers.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : resolvers;
    if (noProgress || general.quiet() || !Terminal.isTerminal(Terminal.ERR)) {
      return update.run(servers, rate, done -> {});
    }
    try (ProgressBar bar = bar(update.questions())) {
      return update.run(servers, rate, bar::stepTo);
    }
  }

  private static ProgressBar bar(int questions) {
    return new ProgressBarBuilder()
        .setTaskName("resolving")
        .setInitialMax(questions)
        .setStyle(
            Terminal.unicode() ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.width()))
        .clearDisplayOnFinish()
        .showSpeed()
        .build();
  }

  /** Reads an address with a port or without. */
  static final class ServerConverter implements ITypeConverter<InetSocketAddress> {
    private static final int DNS_PORT = 53;
    private static final int MOST_PORT = 65535;
    private static final Pattern FORM =
        Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+))(?::([0-9]{1,5}))?|([0-9a-fA-F:.]+)");

    /** Made by picocli. */
    ServerConverter() {}

    @Override
    public InetSocketAddress convert(String text) throws UnknownHostException {
      Matcher matcher = FORM.matcher(text);
      byte @Nullable [] address = matcher.matches() ? address(matcher) : null;
      String port = address == null ? null : matcher.group(3);
      int number = port == null ? DNS_PORT : Integer.parseInt(port);
      if (address == null || number == 0 || number > MOST_PORT) {
        throw new TypeConversionException(
            "'" + text + "' is no address; write 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:53");
      }
      return new InetSocketAddress(InetAddress.getByAddress(address), number);
    }

    private static byte @Nullable [] address(Matcher matcher) {
      for (int group : new int[] {1, 2, 4}) {
        String text = matcher.group(group);
        if (text != null) {
          byte[] v4 = Address.toByteArray(text, Address.IPv4);
          return v4 != null ? v4 : Address.toByteArray(text, Address.IPv6);
        }
      }
      return null;
    }
  }

  /** Reads a number a second. */
  static final class RateConverter implements ITypeConverter<Integer> {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})(/s)?");

    /** Made by picocli. */
    RateConverter() {}

    @Override
    public Integer convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is no rate; write 50/s");
      }
      return Integer.parseInt(matcher.group(1));
    }
  }
}
