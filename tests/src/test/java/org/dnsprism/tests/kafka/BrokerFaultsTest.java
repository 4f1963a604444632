// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dnsprism.broker.EmbeddedBroker;
import org.dnsprism.pipeline.kafka.Completeness.Finding;
import org.dnsprism.pipeline.kafka.DeliverySettings;
import org.dnsprism.pipeline.kafka.KafkaSettings;
import org.dnsprism.pipeline.kafka.KafkaSink;
import org.dnsprism.pipeline.kafka.TopicScan;
import org.dnsprism.pipeline.record.Delivery;
import org.dnsprism.pipeline.sink.Stamper;
import org.dnsprism.pipeline.spool.Source;
import org.dnsprism.pipeline.spool.SpoolFolder;
import org.dnsprism.pipeline.spool.SpoolSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that freeze, die and come back, and a disk that is full: each record arrives once. */
class BrokerFaultsTest {
  private static final String PREFIX = "faults.";
  private static final long LONG_ENOUGH = 240;
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "request.timeout.ms", "1500",
          "default.api.timeout.ms", "2000",
          "max.block.ms", "2000",
          "delivery.timeout.ms", "3000",
          "reconnect.backoff.max.ms", "200");

  @TempDir Path folder;

  @Test
  void aBrokerThatIsFrozenThenKilledAndStartedAgainCostsNothing() throws Exception {
    try (BrokerProcess broker = BrokerProcess.at(folder.resolve("broker"))) {
      broker.start();
      KafkaSettings settings = settings(broker.bootstrapServers());
      KafkaSink sink = sink(settings, folder.resolve("spool"));
      MadeRecords records = records(sink);
      records.window(300, 400);
      broker.freeze();
      records.window(2000, 400);
      Await.until("records are on the disk", LONG_ENOUGH, () -> onDisk(sink) >= 2000);
      broker.thaw();
      records.window(300, 400);
      Await.until("all is sent", LONG_ENOUGH, () -> spooled(sink) == 0);
      broker.kill();
      records.window(2000, 400);
      Await.until("records are on the disk", LONG_ENOUGH, () -> onDisk(sink) >= 2000);
      broker.start();
      records.window(300, 400);
      records.summary();
      sink.finish();
      assertLaw(sink.delivery());
      sink.close();
      List<Finding> findings = findings(broker);
      assertEquals(4900, finding(findings, "flow").records());
      assertEquals(5, finding(findings, "window").records());
      assertTrue(findings.stream().allMatch(Finding::complete), findings.toString());
      assertTrue(findings.stream().allMatch(finding -> finding.discarded() == 0));
    }
  }

  @Test
  void anAgentThatIsKilledLeavesASpoolThatTheNextOneSends() throws Exception {
    Path spool = folder.resolve("spool");
    try (BrokerProcess broker = BrokerProcess.at(folder.resolve("broker"))) {
      broker.start();
      String[] options = options(broker, spool);
      long waiting;
      try (AgentProcess agent = AgentProcess.start(options)) {
        for (int i = 0; i < 5; i++) {
          agent.second(100);
        }
        Await.until("some have arrived", LONG_ENOUGH, () -> arrived(broker, "flow") >= 300);
        broker.freeze();
        for (int i = 0; i < 5; i++) {
          agent.second(100);
        }
        Await.until("some wait on the disk", LONG_ENOUGH, () -> waiting(spool) > 0);
        agent.kill();
        waiting = waiting(spool);
      }
      broker.thaw();
      try (AgentProcess next = AgentProcess.start(options)) {
        next.second(100);
        assertEquals(0, next.end());
      }
      assertEquals(0, waiting(spool));
      List<Finding> findings = findings(broker);
      assertTrue(findings.stream().allMatch(Finding::complete), findings.toString());
      long records = findings.stream().mapToLong(Finding::records).sum();
      assertTrue(records >= 300 + waiting + 100, findings.toString());
      assertEquals(2, findings.stream().map(Finding::source).map(Source::run).distinct().count());
    }
  }

  private String[] options(BrokerProcess broker, Path spool) throws IOException {
    Path config = folder.resolve("kafka.properties");
    List<String> lines = new ArrayList<>();
    IMPATIENT.forEach((name, value) -> lines.add(name + "=" + value));
    Files.write(config, lines);
    return new String[] {
      "--kafka",
      broker.bootstrapServers(),
      "--kafka-topic-prefix",
      PREFIX,
      "--kafka-config",
      config.toString(),
      "--spool",
      spool.toString(),
      "--kafka-patience",
      LONG_ENOUGH + "s"
    };
  }

  private static long waiting(Path spool) throws Exception {
    SpoolSettings settings = new SpoolSettings(spool, SpoolSettings.DEFAULT_BYTES);
    return SpoolFolder.statuses(settings).stream().mapToLong(SpoolFolder.Status::records).sum();
  }

  private static List<Finding> findings(BrokerProcess broker) throws Exception {
    return TopicScan.read(settings(broker.bootstrapServers()), null).completeness().findings();
  }

  private static long arrived(BrokerProcess broker, String kind) {
    try {
      return findings(broker).stream()
          .filter(finding -> finding.source().kind().equals(kind))
          .mapToLong(Finding::records)
          .sum();
    } catch (Exception e) {
      return 0; // the topics are not there yet
    }
  }

  @Test
  void aFullDiskCostsCountedFlowsAndNoWindow() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(mounted(disk), "no small file system can be mounted here");
    List<Integer> ports = EmbeddedBroker.freePorts();
    KafkaSettings settings = settings("127.0.0.1:" + ports.get(0));
    try {
      KafkaSink sink = sink(settings, disk);
      MadeRecords records = records(sink);
      for (int i = 0; i < 10; i++) {
        records.window(500, 10_000); // 50 MB in all; the disk has 4 and the memory 32
      }
      Await.until("some were given up", LONG_ENOUGH, () -> discarded(sink, "disk_full") > 0);
      EmbeddedBroker broker = EmbeddedBroker.startAt(folder.resolve("broker"), ports);
      try {
        records.summary();
        sink.finish();
        assertLaw(sink.delivery());
        long discarded = discarded(sink, "disk_full") + discarded(sink, "spool_full");
        sink.close();
        List<Finding> findings = TopicScan.read(settings, null).completeness().findings();
        assertTrue(findings.stream().allMatch(Finding::complete), findings.toString());
        assertEquals(discarded, finding(findings, "flow").discarded());
        assertEquals(5000 - discarded, finding(findings, "flow").records());
        assertEquals(10, finding(findings, "window").records());
      } finally {
        broker.close();
      }
    } finally {
      run("umount", disk.toString());
    }
  }

  private static KafkaSettings settings(String brokers) {
    return new KafkaSettings(brokers, PREFIX, true, IMPATIENT);
  }

  private static KafkaSink sink(KafkaSettings settings, Path spool) throws Exception {
    SpoolSettings waiting = new SpoolSettings(spool, SpoolSettings.DEFAULT_BYTES);
    Duration patience = Duration.ofSeconds(LONG_ENOUGH);
    return new KafkaSink(settings, new DeliverySettings(waiting, false, patience));
  }

  private static MadeRecords records(KafkaSink sink) {
    return new MadeRecords(new Stamper("agent", UUID.randomUUID().toString(), List.of(sink)));
  }

  private static long spooled(KafkaSink sink) {
    return sink.delivery().values().stream().mapToLong(Delivery::spooled).sum();
  }

  private static long onDisk(KafkaSink sink) {
    return sink.delivery().values().stream().mapToLong(Delivery::onDisk).sum();
  }

  private static long discarded(KafkaSink sink, String cause) {
    return sink.delivery().values().stream()
        .mapToLong(law -> law.discarded().getOrDefault(cause, 0L))
        .sum();
  }

  private static void assertLaw(Map<String, Delivery> laws) {
    laws.forEach(
        (kind, law) -> {
          long discarded = law.discarded().values().stream().mapToLong(Long::longValue).sum();
          assertEquals(law.produced(), law.acknowledged() + discarded, kind);
          assertEquals(0, law.spooled(), kind);
          assertEquals(0, law.unaccounted(), kind);
        });
  }

  private static Finding finding(List<Finding> findings, String kind) {
    return findings.stream()
        .filter(finding -> finding.source().kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static boolean mounted(Path path) throws IOException, InterruptedException {
    return run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", path.toString()) == 0;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
