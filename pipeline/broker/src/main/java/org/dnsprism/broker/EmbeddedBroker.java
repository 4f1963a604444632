// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.dnsprism.pipeline.demo.BrokerLauncher.RunningBroker;

/**
 * A single-node Kafka broker with its own controller (KRaft) in this JVM, on free loopback ports,
 * with its data in a temporary folder unless said otherwise. The classes it starts are internal to
 * Kafka, so everything that touches them is in here.
 */
public final class EmbeddedBroker implements RunningBroker {
  private static final String HOST = "127.0.0.1";

  private final Path directory;
  private final boolean temporary;
  private final String bootstrapServers;
  private final KafkaRaftServer server;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread cleanUp = new Thread(this::close, "dnsprism-broker-clean-up");

  private EmbeddedBroker(
      Path directory, boolean temporary, List<Integer> ports, Map<String, String> overrides) {
    this.directory = directory;
    this.temporary = temporary;
    bootstrapServers = HOST + ":" + ports.get(0);
    Properties properties = properties(directory, ports.get(0), ports.get(1));
    properties.putAll(overrides);
    format(directory);
    server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
  }

  /** Starts a broker; returns when it takes connections. */
  public static EmbeddedBroker start() {
    return start(Map.of());
  }

  /**
   * Starts a broker with settings of its own; returns when it takes connections.
   *
   * @param overrides properties of Kafka's server, which win over ours
   */
  public static EmbeddedBroker start(Map<String, String> overrides) {
    try {
      Path directory = Files.createTempDirectory("dnsprism-broker-");
      return start(new EmbeddedBroker(directory, true, freePorts(), overrides));
    } catch (IOException e) {
      throw new UncheckedIOException("no broker could be started", e);
    }
  }

  /**
   * Starts a broker on ports and data that outlive it, so that it can be started again.
   *
   * @param directory its data; prepared if it is empty
   * @param ports that of the broker and that of its controller
   */
  public static EmbeddedBroker startAt(Path directory, List<Integer> ports) {
    return start(new EmbeddedBroker(directory, false, ports, Map.of()));
  }

  private static EmbeddedBroker start(EmbeddedBroker broker) {
    Runtime.getRuntime().addShutdownHook(broker.cleanUp);
    broker.server.startup();
    return broker;
  }

  /** Two loopback ports that nobody listens on. */
  public static List<Integer> freePorts() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return List.of(first.getLocalPort(), second.getLocalPort());
    }
  }

  private static Properties properties(Path directory, int broker, int controller) {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@" + HOST + ":" + controller);
    settings.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + broker + ",CONTROLLER://" + HOST + ":" + controller);
    settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + broker);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("log.dirs", directory.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    return settings;
  }

  private static void format(Path directory) {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("the broker's folder cannot be prepared", e);
    }
  }

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    server.shutdown();
    server.awaitShutdown();
    if (temporary) {
      delete();
    }
    if (Thread.currentThread() != cleanUp) {
      removeHook();
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(cleanUp);
    } catch (IllegalStateException e) {
      return; // the process is ending already
    }
  }

  private void delete() {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the broker's folder stays: " + directory, e);
    }
  }
}
