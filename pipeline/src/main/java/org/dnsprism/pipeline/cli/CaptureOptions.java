// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.capture.LinkType;
import org.dnsprism.capture.ring.Interfaces;
import org.dnsprism.capture.ring.KernelFilter;
import org.dnsprism.capture.ring.Processors;
import org.dnsprism.capture.ring.RingSettings;
import org.dnsprism.capture.ring.RingSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options on how interfaces are captured. */
final class CaptureOptions {
  private static final int BLOCK_BYTES = 1 << 20;

  @Option(
      names = {"-i", "--interface"},
      paramLabel = "IFACE",
      required = true,
      split = ",",
      description = "Interface to capture from, such as a mirror port; may be repeated.")
  private List<String> interfaces = new ArrayList<>();

  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      description = "What the kernel lets through, as tcpdump takes it (default: everything).")
  private @Nullable String filter;

  @Option(
      names = "--snap-length",
      paramLabel = "BYTES",
      defaultValue = "262144",
      description = "Most bytes of a frame that are kept (default ${DEFAULT-VALUE}).")
  private int snapLength;

  @Option(
      names = "--ring",
      paramLabel = "MIB",
      defaultValue = "64",
      description = "Memory of each ring, one for each thread and interface (default 64 MiB).")
  private int ringMebibytes;

  @Option(
      names = "--promiscuous",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Frames for other stations too (default: yes).")
  private boolean promiscuous;

  @Option(
      names = "--outgoing",
      description = "Frames that this host sends too (default: no; a mirror port has none).")
  private boolean outgoing;

  @Option(
      names = "--hardware-time",
      description = "Time stamps of the network card, where it has a clock.")
  private boolean hardwareTime;

  @Option(
      names = "--busy-poll",
      paramLabel = "MICROS",
      defaultValue = "0",
      description = "How long the kernel asks the card again before it sleeps (default: never).")
  private int busyPollMicros;

  @Option(
      names = "--pin",
      paramLabel = "CPU",
      split = ",",
      description = "Processors that the threads run on, one each in turn (default: any).")
  private List<Integer> processors = new ArrayList<>();

  List<String> interfaces() {
    return interfaces;
  }

  /** Opens the interfaces for so many threads. */
  List<RingSource> open(int threads) throws CommandException, IOException {
    RingSettings settings = settings();
    for (int processor : processors) {
      if (!Processors.exists(processor)) {
        throw new CommandException(ExitCode.USAGE, "--pin: there is no processor " + processor);
      }
    }
    try {
      List<RingSource> sources = RingSource.open(interfaces, threads, settings);
      for (int i = 0; i < sources.size() && !processors.isEmpty(); i++) {
        sources.get(i).pinTo(processors.get(i % processors.size()));
      }
      return sources;
    } catch (NoSuchFileException e) {
      throw new CommandException(
          ExitCode.NO_INPUT,
          "no such network interface: %s; there are %s"
              .formatted(e.getFile(), String.join(", ", Interfaces.names())),
          e);
    }
  }

  private RingSettings settings() throws CommandException {
    try {
      RingSettings defaults = RingSettings.defaults();
      return new RingSettings(
          BLOCK_BYTES,
          ringMebibytes,
          defaults.blockMillis(),
          defaults.waitMillis(),
          snapLength,
          promiscuous,
          !outgoing,
          hardwareTime,
          busyPollMicros,
          filter == null ? null : KernelFilter.compile(filter, LinkType.ETHERNET, snapLength));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    } catch (IllegalStateException e) {
      throw new CommandException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }
}
