// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** An unbound on loopback that is told all that it knows. */
final class Unbound implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/unbound");
  private static final int TRIES = 100;

  private final Process process;
  private final int port;

  private Unbound(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it, or skips the test where there is none.
   *
   * @param folder for its files
   * @param lines of the server clause
   * @param others further clauses
   */
  static Unbound start(Path folder, List<String> lines, List<String> others)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "unbound is not installed");
    int port = freePort();
    String text =
        """
        server:
          interface: 127.0.0.1
          port: %d
          directory: "%s"
          chroot: ""
          username: ""
          pidfile: ""
          use-syslog: no
          do-daemonize: no
          do-not-query-localhost: no
          module-config: "iterator"
        %s
        %s
        """
            .formatted(port, folder, String.join("\n", lines), String.join("\n", others));
    Path config = Files.writeString(folder.resolve("unbound.conf"), text);
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-d", "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("unbound.log").toFile())
            .start();
    Unbound unbound = new Unbound(process, port);
    unbound.waitUntilItAnswers(folder);
    return unbound;
  }

  /** A port on which nobody listens. */
  static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void waitUntilItAnswers(Path folder) throws IOException, InterruptedException {
    SimpleResolver resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
    resolver.setPort(port);
    resolver.setTimeout(Duration.ofMillis(200));
    Name name = Name.fromConstantString("localhost.");
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      try {
        resolver.send(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)));
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    close();
    throw new IllegalStateException(Files.readString(folder.resolve("unbound.log")));
  }

  /** Address and port. */
  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
