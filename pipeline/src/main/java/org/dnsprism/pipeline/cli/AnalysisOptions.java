// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.classifier.flow.FlowSettings;
import org.dnsprism.classifier.flow.FlowShards;
import org.dnsprism.pipeline.endpoint.EndpointWatch;
import org.dnsprism.pipeline.record.ClientPrivacy;
import org.dnsprism.pipeline.window.FlowRecords;
import org.dnsprism.pipeline.window.OwnResolvers;
import org.dnsprism.pipeline.window.SketchKey;
import org.dnsprism.pipeline.window.WorkPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options on how traffic is counted and what may be told of it. */
final class AnalysisOptions {
  private static final int KEY_BYTES = 32;
  private static final Duration SHORTEST_WINDOW = Duration.ofMillis(100);
  private static final Duration MOST_LATENESS = Duration.ofSeconds(5);

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "Length of a window of event time (default ${DEFAULT-VALUE}).")
  private Duration window = Duration.ofMinutes(1);

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads that walk the traffic, 1 to 16 (default: one for each core).")
  private int threads;

  @Option(
      names = "--clients",
      paramLabel = "HOW",
      defaultValue = "prefix",
      description =
          "How clients are told of: prefix (/24 and /48), pseudonym, full or none (default"
              + " ${DEFAULT-VALUE}).")
  private ClientPrivacy.Mode clients = ClientPrivacy.Mode.PREFIX;

  @Option(
      names = "--flows",
      paramLabel = "WHICH",
      defaultValue = "dns",
      description = "Which flows become records: dns, all or none (default ${DEFAULT-VALUE}).")
  private WorkPlan.Flows flows = WorkPlan.Flows.DNS;

  @Mixin private EndpointOptions endpoints;

  @Option(
      names = "--own-resolvers",
      paramLabel = "PREFIX",
      split = ",",
      description = "Addresses of the network's own resolvers, such as 192.0.2.0/24.")
  private List<String> ownResolvers = new ArrayList<>();

  @Option(
      names = "--sketch-key",
      paramLabel = "FILE",
      description =
          "Secret of 16 bytes or more for the sketches of clients; agents with the same secret can"
              + " be merged (default: this host's own).")
  private @Nullable Path sketchKeyFile;

  @Option(
      names = "--suspect-threshold",
      paramLabel = "SCORE",
      defaultValue = "0.85",
      description =
          "Score, 0 to 1, from which encrypted traffic of no list is suspected to be DNS (default"
              + " ${DEFAULT-VALUE}).")
  private double suspectThreshold = FlowSettings.DEFAULT_SUSPECT_THRESHOLD;

  @Option(
      names = "--no-suspect",
      description = "Suspect nothing: what no list knows and no port tells is other traffic.")
  private boolean noSuspect;

  @Option(
      names = "--duplicates",
      paramLabel = "HOW",
      description =
          "Copies of packets, as a mirror port of both directions gives them: drop or keep"
              + " (default: drop in live, keep in replay).")
  private @Nullable Duplicates duplicates;

  /** What becomes of copies of packets. */
  enum Duplicates {
    DROP,
    KEEP
  }

  /** Whether the network's own resolvers were named. */
  boolean ownKnown() {
    return !ownResolvers.isEmpty();
  }

  /** The plan that the options ask for when frames come from interfaces. */
  WorkPlan livePlan() throws CommandException, EndpointListException {
    return plan(flows).withDuplicates(duplicates != Duplicates.KEEP);
  }

  /** The plan that the options ask for. */
  WorkPlan plan() throws CommandException, EndpointListException {
    return plan(flows);
  }

  /** The plan that the options ask for, but with records of these flows. */
  WorkPlan plan(WorkPlan.Flows which) throws CommandException, EndpointListException {
    if (window.compareTo(SHORTEST_WINDOW) < 0) {
      throw new CommandException(ExitCode.USAGE, "--window must be 100ms or longer");
    }
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    EndpointList list = endpoints.read();
    Duration lateness = window.compareTo(MOST_LATENESS) < 0 ? window : MOST_LATENESS;
    return new WorkPlan(
            window.toNanos(),
            lateness.toNanos(),
            workers(),
            which,
            list,
            own(),
            threshold(),
            sketchKey(),
            new FlowRecords(list, clients, key))
        .withDuplicates(duplicates == Duplicates.DROP);
  }

  private SketchKey sketchKey() throws CommandException {
    return sketchKeyFile == null ? HostSecret.sketchKey() : HostSecret.sketchKey(sketchKeyFile);
  }

  private int workers() throws CommandException {
    if (threads < 0 || threads > FlowShards.SHARDS) {
      throw new CommandException(
          ExitCode.USAGE, "--threads must be 1 to " + FlowShards.SHARDS + ", not " + threads);
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return threads == 0 ? Math.min(cores, FlowShards.SHARDS) : threads;
  }

  private double threshold() throws CommandException {
    if (!(suspectThreshold >= 0 && suspectThreshold <= 1)) {
      throw new CommandException(
          ExitCode.USAGE, "--suspect-threshold must be 0 to 1, not " + suspectThreshold);
    }
    return noSuspect ? FlowSettings.NEVER_SUSPECT : suspectThreshold;
  }

  private OwnResolvers own() throws CommandException {
    try {
      return new OwnResolvers(ownResolvers);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--own-resolvers: " + e.getMessage(), e);
    }
  }

  /**
   * Watches the files of the endpoint list, and tells on standard error what becomes of changes.
   *
   * @param list what the files hold
   */
  EndpointWatch watch(EndpointList list) {
    return EndpointWatch.start(
        endpoints.files(), list, line -> System.err.println("dnsprism: " + line));
  }
}
