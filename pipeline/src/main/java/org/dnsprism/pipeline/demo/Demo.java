// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dnsprism.capture.FrameSource;
import org.dnsprism.capture.file.CaptureInput;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.classifier.endpoint.EndpointSource;
import org.dnsprism.classifier.flow.FlowSettings;
import org.dnsprism.pipeline.kafka.DeliverySettings;
import org.dnsprism.pipeline.kafka.KafkaSettings;
import org.dnsprism.pipeline.kafka.KafkaSink;
import org.dnsprism.pipeline.kafka.TopicReader;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.ClientPrivacy;
import org.dnsprism.pipeline.report.RecordLine;
import org.dnsprism.pipeline.report.ReportStyle;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.sink.Stamper;
import org.dnsprism.pipeline.spool.SpoolSettings;
import org.dnsprism.pipeline.window.CaptureRun;
import org.dnsprism.pipeline.window.FlowRecords;
import org.dnsprism.pipeline.window.OwnResolvers;
import org.dnsprism.pipeline.window.SketchKey;
import org.dnsprism.pipeline.window.WorkPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundled capture, replayed at a visible pace into Kafka and read back. */
public final class Demo {
  /** Class path name of the capture, which lies beside the broker's classes. */
  static final String CAPTURE = "/org/dnsprism/broker/demo.pcapng.zst";

  /** The resolvers of the network that the capture was made in, as a list of endpoints. */
  private static final String RESOLVERS = "resolvers.tsv";

  private static final List<String> OWN_RESOLVERS = List.of("198.51.100.53", "2001:db8:53::53");

  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final String NAME = "demo.pcapng.zst";
  private static final String AGENT = "demo";
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final long LATENESS_NANOS = 1_000_000_000L;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LAST_WINDOW_WAIT = Duration.ofSeconds(5);

  private final KafkaSettings kafka;
  private final ReportStyle style;
  private final double speed;
  private final Stamper stamper;
  private final KafkaSink sink;

  /**
   * Connects to brokers and makes the topics.
   *
   * @param brokers host and port
   * @param style how lines are written
   * @param speed how many times faster than the capture was
   * @param spool folder for records that the brokers do not take at once
   * @throws SinkException when the brokers refuse
   */
  public Demo(String brokers, ReportStyle style, double speed, Path spool) throws SinkException {
    kafka = new KafkaSettings(brokers, KafkaSettings.DEFAULT_PREFIX, true, Map.of());
    this.style = style;
    this.speed = speed;
    SpoolSettings waiting = new SpoolSettings(spool, SpoolSettings.DEFAULT_BYTES);
    sink = new KafkaSink(kafka, new DeliverySettings(waiting, true, PATIENCE));
    stamper = new Stamper(AGENT, UUID.randomUUID().toString(), List.of(sink));
  }

  /**
   * Replays the capture.
   *
   * @param onWindow gets a line for each window, as it comes back from its topic
   */
  public void replay(Consumer<String> onWindow) throws IOException, SinkException {
    CountDownLatch summarySeen = new CountDownLatch(1);
    Thread follower = new Thread(() -> follow(onWindow, summarySeen), "dnsprism-demo-follower");
    follower.setDaemon(true);
    follower.start();
    try (InputStream capture = open()) {
      CaptureInput input = CaptureInput.of(List.of(CaptureInput.STANDARD_INPUT), capture);
      FrameSource paced = new PacedSource(input.open(1).get(0), speed);
      CaptureRun.Outcome outcome =
          new CaptureRun(plan(), true, stamper).run(List.of(paced), List.of(NAME));
      if (outcome.failure() != null) {
        throw new IllegalStateException("the bundled capture does not read", outcome.failure());
      }
      sink.finish();
    }
    awaitLastWindow(summarySeen);
    sink.close();
  }

  private static InputStream open() {
    InputStream capture = Demo.class.getResourceAsStream(CAPTURE);
    if (capture == null) {
      throw new IllegalStateException(CAPTURE + " is not on the class path");
    }
    return capture;
  }

  private static WorkPlan plan() {
    EndpointList endpoints = endpoints();
    return new WorkPlan(
        WINDOW_NANOS,
        LATENESS_NANOS,
        1,
        WorkPlan.Flows.DNS,
        endpoints,
        new OwnResolvers(OWN_RESOLVERS),
        FlowSettings.DEFAULT_SUSPECT_THRESHOLD,
        SketchKey.random(),
        new FlowRecords(endpoints, ClientPrivacy.Mode.PREFIX, new byte[0]));
  }

  /** The bundled list with the resolvers of the capture's own network on top, as a user would. */
  private static EndpointList endpoints() {
    InputStream own = Demo.class.getResourceAsStream(RESOLVERS);
    if (own == null) {
      throw new IllegalStateException(RESOLVERS + " is not on the class path");
    }
    try (Reader reader = new InputStreamReader(own, StandardCharsets.UTF_8)) {
      return EndpointList.bundledWith(List.of(new EndpointSource(RESOLVERS, reader)));
    } catch (IOException | EndpointListException e) {
      throw new IllegalStateException(RESOLVERS + " is broken", e);
    }
  }

  private void follow(Consumer<String> onWindow, CountDownLatch summarySeen) {
    RecordLine lines = new RecordLine(style);
    List<String> kinds = List.of(Body.Kind.WINDOW.label(), Body.Kind.SUMMARY.label());
    try (TopicReader reader = new TopicReader(kafka, kinds, true)) {
      reader.read(
          Duration.ZERO,
          envelope -> {
            boolean window = envelope.body().kind() == Body.Kind.WINDOW;
            if (window) {
              onWindow.accept(lines.of(envelope));
            }
            return window;
          });
    } catch (SinkException e) {
      LOG.warn("windows cannot be shown as they come", e);
    }
    summarySeen.countDown();
  }

  private static void awaitLastWindow(CountDownLatch summarySeen) {
    try {
      boolean seen = summarySeen.await(LAST_WINDOW_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("all windows shown: {}", seen);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Reads all records back from their topics.
   *
   * @param patience how long to wait for the next record before giving up
   */
  public ReadBack readBack(Duration patience) throws SinkException {
    ReadBack back = new ReadBack(stamper);
    List<String> kinds = Arrays.stream(Body.Kind.values()).map(Body.Kind::label).toList();
    try (TopicReader reader = new TopicReader(kafka, kinds, true)) {
      reader.read(patience, back::take);
    }
    return back;
  }
}
