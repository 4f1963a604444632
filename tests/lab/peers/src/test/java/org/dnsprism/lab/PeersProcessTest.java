// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The peers as a script uses them: two processes, one line of output each, a signal to end. */
@Timeout(120)
class PeersProcessTest {
  private static final int EXIT_BY_SIGTERM = 128 + 15;

  @TempDir Path folder;

  @Test
  void aServerSaysThatItIsReadyAndEndsBySignal() throws Exception {
    Identity identity = TestIdentity.create(folder);
    String certificates = identity.certificates().toString();
    String port = Integer.toString(freePort());
    Process server =
        start("server", "dohplain", "127.0.0.1", port, certificates, identity.key().toString());
    try (BufferedReader lines = server.inputReader()) {
      assertEquals("ready", lines.readLine());
      Process client =
          start("client", "dohplain", "127.0.0.1", port, "n", certificates, "3", "a.example.com");
      assertEquals("queries=3 answers=3", client.inputReader().readLine());
      assertEquals(0, client.waitFor());
      server.destroy();
      assertEquals(EXIT_BY_SIGTERM, server.waitFor());
    } finally {
      server.destroyForcibly();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Process start(String... arguments) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Peers.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
