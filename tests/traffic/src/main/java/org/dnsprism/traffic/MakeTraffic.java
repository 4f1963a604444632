// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The command {@code make-traffic}. */
@Command(
    name = "make-traffic",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes a capture of an access network's traffic, and the truth about it.")
public final class MakeTraffic implements Callable<Integer> {
  @Option(names = "--seed", defaultValue = "1", description = "The same seed gives the same bytes.")
  private long seed;

  @Option(names = "--packets", required = true, description = "Frames in the capture.")
  private long packets;

  @Option(
      names = "--flows",
      description = "Flows, about (default: by the mix; mixed has one for 16 packets).")
  private @Nullable Long flows;

  @Option(
      names = "--mix",
      defaultValue = "mixed",
      converter = MixConverter.class,
      description =
          "mixed: a link of an access network. dns: 80 %% of the packets are DNS in the clear."
              + " held: flows that are all open at once (default: mixed).")
  private Mix mix = Mix.MIXED;

  @Option(
      names = "--rate",
      description = "Packets in a second of the capture's time (default: by the mix).")
  private @Nullable Long rate;

  @Option(names = "--loss", defaultValue = "0", description = "Part of the frames that is missing.")
  private double loss;

  @Option(
      names = "--reorder",
      defaultValue = "0",
      description = "Part of the frames that comes up to 300 microseconds late.")
  private double reorder;

  @Option(
      names = "--duplicates",
      defaultValue = "0",
      description = "Part of the frames that comes twice, the second time behind another router.")
  private double duplicates;

  @Option(
      names = "--snap",
      defaultValue = "0",
      description =
          "Keep so many bytes of frames of other traffic after the first 10 of a flow (default:"
              + " all).")
  private int snap;

  @Option(names = "-o", required = true, paramLabel = "FILE", description = "The capture, pcap.")
  private Path file = Path.of("");

  @Option(names = "--truth", paramLabel = "FILE", description = "What is in it, JSON.")
  private @Nullable Path truthFile;

  /** Mixes by name. */
  static final class MixConverter implements ITypeConverter<Mix> {
    @Override
    public Mix convert(String value) {
      return Mix.of(value);
    }
  }

  /** Makes a capture as the arguments say, and ends the process. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /**
   * Makes a capture as the arguments say.
   *
   * @return 0 if it was made
   */
  public static int run(String... arguments) {
    return new CommandLine(new MakeTraffic()).execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    Plan plan = plan();
    Truth truth = new Truth();
    try (Output output = new Output(plan, truth, new PcapWriter(file))) {
      new Traffic(plan, truth, output).run();
    }
    if (truthFile != null) {
      Files.writeString(truthFile, truth.json(plan));
    }
    return 0;
  }

  private Plan plan() {
    long flowsOrDefault =
        flows == null ? Math.max(1, (long) (packets / mix.packetsForFlow())) : flows;
    long rateOrDefault = rate == null ? mix.rate() : rate;
    return new Plan(
        seed, packets, flowsOrDefault, mix, rateOrDefault, loss, reorder, duplicates, snap);
  }
}
