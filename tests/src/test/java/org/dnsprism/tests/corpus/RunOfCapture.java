// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.dnsprism.capture.DamagedCaptureException;
import org.dnsprism.capture.file.CaptureInput;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.FlowSettings;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.ClientPrivacy;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.Head;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.window.CaptureRun;
import org.dnsprism.pipeline.window.CaptureRun.Outcome;
import org.dnsprism.pipeline.window.FlowRecords;
import org.dnsprism.pipeline.window.OwnResolvers;
import org.dnsprism.pipeline.window.SketchKey;
import org.dnsprism.pipeline.window.WorkPlan;
import org.jspecify.annotations.Nullable;

/** A capture run through the whole pipeline, as {@code replay} does, and what came out. */
public final class RunOfCapture {
  private static final long SECOND = 1_000_000_000L;

  private final List<Body> bodies = new ArrayList<>();
  private @Nullable Throwable failure;

  private RunOfCapture() {}

  /** Runs a capture with full client addresses, windows of ten seconds and records of all flows. */
  public static RunOfCapture of(Path capture, int threads) throws IOException, SinkException {
    CaptureInput input =
        CaptureInput.of(List.of(capture.toString()), InputStream.nullInputStream());
    return of(input, capture.getFileName().toString(), threads, EndpointList.bundled());
  }

  /** Runs an input in the same way, under a name, with a list of known resolvers. */
  public static RunOfCapture of(CaptureInput input, String name, int threads, EndpointList list)
      throws IOException, SinkException {
    return of(input, name, threads, list, () -> list);
  }

  /** Likewise, and leaves out copies of packets or keeps them. */
  public static RunOfCapture of(
      CaptureInput input, String name, int threads, EndpointList list, boolean dropDuplicates)
      throws IOException, SinkException {
    double threshold = FlowSettings.DEFAULT_SUSPECT_THRESHOLD;
    WorkPlan plan = plan(threads, list, threshold).withDuplicates(dropDuplicates);
    return of(plan, input, name, () -> list);
  }

  /** Likewise, with the score from which flows are suspected. */
  static RunOfCapture of(
      CaptureInput input, String name, int threads, EndpointList list, double suspectThreshold)
      throws IOException, SinkException {
    return of(plan(threads, list, suspectThreshold), input, name, () -> list);
  }

  /**
   * Runs an input in the same way, with a list that others take the place of.
   *
   * @param lists asked for the newest list
   */
  public static RunOfCapture of(
      CaptureInput input, String name, int threads, EndpointList list, Supplier<EndpointList> lists)
      throws IOException, SinkException {
    return of(plan(threads, list, FlowSettings.DEFAULT_SUSPECT_THRESHOLD), input, name, lists);
  }

  private static WorkPlan plan(int threads, EndpointList list, double suspectThreshold) {
    return new WorkPlan(
        10 * SECOND,
        SECOND,
        threads,
        WorkPlan.Flows.ALL,
        list,
        new OwnResolvers(List.of()),
        suspectThreshold,
        SketchKey.ofSecret(new byte[SketchKey.MIN_SECRET_BYTES]),
        new FlowRecords(list, ClientPrivacy.Mode.FULL, new byte[0]));
  }

  private static RunOfCapture of(
      WorkPlan plan, CaptureInput input, String name, Supplier<EndpointList> lists)
      throws IOException, SinkException {
    RunOfCapture run = new RunOfCapture();
    try {
      Outcome outcome =
          new CaptureRun(plan, false, run.bodies::add)
              .following(lists)
              .run(input.open(plan.workers()), List.of(name));
      run.failure = outcome.failure();
    } catch (DamagedCaptureException e) {
      run.failure = e;
    }
    return run;
  }

  /** Why the capture could not be read to its end, or null. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** A record for each flow, in the order of their ends. */
  public List<FlowRecord> flows() {
    return only(FlowRecord.class);
  }

  /** The cells of all windows. */
  public List<StatsRecord> stats() {
    return only(StatsRecord.class);
  }

  /** The windows in the order of time. */
  public List<WindowRecord> windows() {
    return only(WindowRecord.class);
  }

  /** The summary, or none when the input could not be opened. */
  public List<SummaryRecord> summaries() {
    return only(SummaryRecord.class);
  }

  private <T extends Body> List<T> only(Class<T> type) {
    return bodies.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** All records as JSON lines, with the same head. */
  public byte[] json() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Body body : bodies) {
      Head head = new Head(body.kind().label(), Head.SCHEMA, "a", "r", 0);
      out.writeBytes(JsonCodec.encode(new Envelope(head, body)));
      out.write('\n');
    }
    return out.toByteArray();
  }
}
