// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.dnsprism.pipeline.demo.BrokerLauncher;
import org.dnsprism.pipeline.demo.BrokerLauncher.RunningBroker;
import org.dnsprism.pipeline.demo.Demo;
import org.dnsprism.pipeline.demo.ReadBack;
import org.dnsprism.pipeline.report.TerminalReport;
import org.dnsprism.pipeline.sink.SinkException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A capture through a real Kafka broker and back, in one process. */
@Command(
    name = "demo",
    description = {
      "Start a Kafka broker in this process, send the bundled capture's records through it, read"
          + " them back and report.",
      "",
      "The broker listens on loopback only; its data is deleted at the end."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  dnsprism demo", "  dnsprism demo --keep      and look around with kcat"})
final class DemoCommand implements Callable<Integer> {
  @Mixin private GeneralOptions general;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "8",
      description = "How many times faster than the capture was (default ${DEFAULT-VALUE}).")
  private double speed = 8;

  @Option(names = "--keep", description = "Keep the broker at the end, until Ctrl-C.")
  private boolean keep;

  /** Made by picocli. */
  DemoCommand() {}

  @Override
  public Integer call() throws CommandException, IOException, SinkException {
    if (!(speed > 0)) {
      throw new CommandException(ExitCode.USAGE, "--speed must be more than 0");
    }
    BrokerLauncher launcher =
        ServiceLoader.load(BrokerLauncher.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.CONFIGURATION,
                        "the demo's broker is not on the class path; start it as ./dnsprism demo"));
    PrintStream out = general.out();
    say(out, "Starting a Kafka broker in this process ...");
    Path spool = Files.createTempDirectory("dnsprism-demo-");
    try (RunningBroker broker = launcher.launch()) {
      run(broker.bootstrapServers(), spool, out);
      if (keep) {
        waitForInterrupt();
      }
    } finally {
      delete(spool);
    }
    return ExitCode.DONE;
  }

  private void run(String brokers, Path spool, PrintStream out)
      throws CommandException, IOException, SinkException {
    say(out, "Broker %s is up. Replaying a capture of made traffic, %sx:", brokers, plain(speed));
    Demo demo = new Demo(brokers, general.style(), speed, spool);
    demo.replay(line -> say(out, "  %s", line));
    ReadBack back = demo.readBack(Duration.ofSeconds(10));
    say(out, "Read back from the topics: %s", back.counts());
    if (!back.complete()) {
      throw new CommandException(
          ExitCode.INTERNAL, "records were sent but not read back: " + back.counts());
    }
    say(out, "");
    out.print(TerminalReport.render(back.summary(), general.style()));
    say(out, "");
    hint(brokers, out);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void hint(String brokers, PrintStream out) {
    String look = "kcat -C -e -q -b %s -t dnsprism.window | jq .encrypted_share";
    if (keep) {
      say(out, "The broker stays until Ctrl-C. In another terminal:  " + look, brokers);
    } else {
      say(
          out,
          "The broker is gone with its data. To look at the topics: ./dnsprism demo --keep, then");
      say(out, "  " + look, "HOST:PORT");
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static void say(PrintStream out, String form, Object... values) {
    out.printf(form + "%n", values);
    out.flush();
  }

  private static void waitForInterrupt() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
