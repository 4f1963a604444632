// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.dnsprism.broker.EmbeddedBroker;
import org.dnsprism.capture.file.CaptureInput;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.FlowSettings;
import org.dnsprism.pipeline.kafka.DeliverySettings;
import org.dnsprism.pipeline.kafka.KafkaSettings;
import org.dnsprism.pipeline.kafka.KafkaSink;
import org.dnsprism.pipeline.kafka.TopicReader;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.ClientPrivacy;
import org.dnsprism.pipeline.record.Delivery;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.sink.RecordSink;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.sink.Stamper;
import org.dnsprism.pipeline.spool.SpoolFolder;
import org.dnsprism.pipeline.spool.SpoolSettings;
import org.dnsprism.pipeline.window.CaptureRun;
import org.dnsprism.pipeline.window.FlowRecords;
import org.dnsprism.pipeline.window.OwnResolvers;
import org.dnsprism.pipeline.window.SketchKey;
import org.dnsprism.pipeline.window.WorkPlan;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records through a real broker: every one comes back, equal, once, in order. */
class KafkaEndToEndTest {
  private static EmbeddedBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void everyRecordComesBackEqualAndInOrder() throws Exception {
    KafkaSettings settings = settings("whole.", true, Map.of());
    List<Envelope> sent = new ArrayList<>();
    KafkaSink kafka = sink(settings);
    Stamper stamper = stamper(List.of(kafka, remember(sent)));
    run(stamper);
    kafka.finish();
    assertAllAcknowledged(sent, kafka.delivery());
    kafka.close();
    assertTrue(sent.stream().anyMatch(record -> record.body().kind() == Body.Kind.FLOW));
    List<Envelope> all = readAll(settings, sent.size());
    assertWindowsTellTheLaw(all);
    for (Body.Kind kind : Body.Kind.values()) {
      List<Envelope> expected = only(sent, kind);
      List<Envelope> back = only(all, kind);
      assertEquals(expected, back, kind.label());
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(i, back.get(i).head().seq(), "sequence without gaps");
      }
    }
  }

  @Test
  void twoRunsShareTheTopicsAndStayApart() throws Exception {
    KafkaSettings settings = settings("twice.", true, Map.of());
    List<Envelope> sent = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      KafkaSink kafka = sink(settings);
      run(stamper(List.of(remember(sent), kafka)));
      kafka.finish();
      kafka.close();
    }
    List<Envelope> back = readAll(settings, sent.size());
    List<String> runs =
        only(back, Body.Kind.SUMMARY).stream().map(record -> record.head().run()).toList();
    assertEquals(2, runs.size());
    assertTrue(!runs.get(0).equals(runs.get(1)), "each start has an identifier of its own");
  }

  @Test
  void anAbsentTopicIsRefusedWhereTopicsMayNotBeMade() {
    SinkException refusal =
        assertThrows(SinkException.class, () -> sink(settings("absent.", false, Map.of())));
    assertEquals(SinkException.Cause.CONFIGURATION, refusal.kind());
    assertTrue(String.valueOf(refusal.getMessage()).contains("absent.flow"));
  }

  @Test
  void whatAnAbsentBrokerDoesNotTakeWaitsInTheSpool() throws Exception {
    KafkaSettings nowhere =
        new KafkaSettings(
            "127.0.0.1:9",
            "x.",
            true,
            Map.of("default.api.timeout.ms", "1500", "request.timeout.ms", "1000"));
    KafkaSink kafka = sink(nowhere);
    List<Envelope> sent = new ArrayList<>();
    run(stamper(List.of(remember(sent), kafka)));
    SinkException refusal = assertThrows(SinkException.class, kafka::finish);
    assertEquals(SinkException.Cause.UNAVAILABLE, refusal.kind());
    kafka.close();
    SpoolFolder.Status status = SpoolFolder.statuses(spool()).get(0);
    assertEquals(sent.size(), status.records());
    assertFalse(status.inUse());
  }

  private static KafkaSettings settings(
      String prefix, boolean createTopics, Map<String, String> overrides) {
    return new KafkaSettings(broker.bootstrapServers(), prefix, createTopics, overrides);
  }

  private SpoolSettings spool() {
    return new SpoolSettings(folder, SpoolSettings.DEFAULT_BYTES);
  }

  private KafkaSink sink(KafkaSettings settings) throws SinkException {
    return new KafkaSink(settings, new DeliverySettings(spool(), true, Duration.ofSeconds(3)));
  }

  private static void assertAllAcknowledged(List<Envelope> sent, Map<String, Delivery> laws) {
    for (Body.Kind kind : Body.Kind.values()) {
      long count = only(sent, kind).size();
      Delivery law = laws.get(kind.label());
      assertEquals(count, law == null ? 0 : law.produced(), "produced " + kind);
      assertEquals(count, law == null ? 0 : law.acknowledged(), "acknowledged " + kind);
    }
    laws.values().forEach(law -> assertEquals(0, law.unaccounted()));
    laws.values().forEach(law -> assertEquals(0, law.spooled()));
  }

  /** What each window says was produced before it is what came back before it. */
  private static void assertWindowsTellTheLaw(List<Envelope> all) {
    long windows = 0;
    for (Envelope window : only(all, Body.Kind.WINDOW)) {
      Delivery law = Objects.requireNonNull(window.delivery()).get("window");
      assertEquals(windows, law == null ? 0 : law.produced());
      windows++;
    }
    Map<String, Delivery> last =
        Objects.requireNonNull(only(all, Body.Kind.SUMMARY).get(0).delivery());
    last.forEach(
        (kind, law) -> {
          long back = all.stream().filter(record -> record.head().record().equals(kind)).count();
          assertEquals(back, law.produced(), kind);
          long sum = law.acknowledged() + law.spooled() + sum(law.discarded());
          assertEquals(law.produced(), sum, kind);
        });
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Stamper stamper(List<RecordSink> sinks) {
    return new Stamper("agent-1", UUID.randomUUID().toString(), sinks);
  }

  private static void run(Stamper stamper) throws Exception {
    EndpointList list = EndpointList.bundled();
    WorkPlan plan =
        new WorkPlan(
            1_000_000_000L,
            1_000_000_000L,
            2,
            WorkPlan.Flows.ALL,
            list,
            new OwnResolvers(List.of()),
            FlowSettings.DEFAULT_SUSPECT_THRESHOLD,
            SketchKey.ofSecret(new byte[SketchKey.MIN_SECRET_BYTES]),
            new FlowRecords(list, ClientPrivacy.Mode.PREFIX, new byte[0]));
    List<String> files =
        List.of(
            LabCaptures.path("do53-udp-kdig.pcapng").toString(),
            LabCaptures.path("dot-kdig.pcapng").toString());
    CaptureInput input = CaptureInput.of(files, InputStream.nullInputStream());
    new CaptureRun(plan, false, stamper).run(input.open(2), files);
  }

  private static RecordSink remember(List<Envelope> sent) {
    return new RecordSink() {
      @Override
      public void accept(Envelope record) {
        sent.add(record);
      }

      @Override
      public void finish() {}

      @Override
      public void close() {}
    };
  }

  private static List<Envelope> only(List<Envelope> records, Body.Kind kind) {
    return records.stream().filter(record -> record.body().kind() == kind).toList();
  }

  private static List<Envelope> readAll(KafkaSettings settings, int count) throws Exception {
    List<Envelope> back = new ArrayList<>();
    List<String> kinds = Arrays.stream(Body.Kind.values()).map(Body.Kind::label).toList();
    try (TopicReader reader = new TopicReader(settings, kinds, true)) {
      reader.read(
          Duration.ofSeconds(10),
          record -> {
            back.add(record);
            return back.size() < count;
          });
    }
    return back;
  }
}
