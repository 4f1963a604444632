// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.dnsprism.broker.BrokerMain;
import org.dnsprism.broker.EmbeddedBroker;
import org.jspecify.annotations.Nullable;

/** A broker in a process of its own, so that it can be frozen, killed and started again. */
final class BrokerProcess implements AutoCloseable {
  private static final long START_SECONDS = 240;

  private final Path directory;
  private final List<Integer> ports;
  private @Nullable Process process;

  private BrokerProcess(Path directory, List<Integer> ports) {
    this.directory = directory;
    this.ports = ports;
  }

  /** A broker that has not been started. */
  static BrokerProcess at(Path directory) throws IOException {
    return new BrokerProcess(directory, EmbeddedBroker.freePorts());
  }

  String bootstrapServers() {
    return "127.0.0.1:" + ports.get(0);
  }

  void start() throws IOException, InterruptedException {
    Path output = directory.resolveSibling(directory.getFileName() + ".out");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                directory.toString(),
                ports.get(0).toString(),
                ports.get(1).toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Await.until(
        "the broker is up", START_SECONDS, () -> Files.readString(output).contains("ready at"));
  }

  /** SIGSTOP: connections stay, nothing is answered. */
  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** SIGCONT. */
  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    Objects.requireNonNull(process).destroyForcibly().waitFor();
  }

  private void signal(String name) throws IOException, InterruptedException {
    long pid = Objects.requireNonNull(process).pid();
    new ProcessBuilder("kill", name, Long.toString(pid)).start().waitFor();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
      try {
        process.waitFor(START_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
