// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tshark finds in a sample of made traffic, where it is installed. */
class TsharkOnTrafficTest {
  @TempDir static Path directory;

  private static MadeTraffic made;

  @BeforeAll
  static void make() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "no tshark");
    made = MadeTraffic.in(directory, "--packets=30000", "--rate=5000", "--flows=2500");
  }

  @Test
  void everyChecksumIsRight() throws Exception {
    assertEquals(
        0,
        frames("ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0"));
    assertEquals(
        made.count("all", "frames") - made.count("none", "frames"),
        frames("tcp.checksum.status == 1 || udp.checksum.status == 1"));
  }

  @Test
  void messagesInTheClearAreThere() throws Exception {
    String udp = "udp.port == 53 && dns && !_ws.malformed && dns.flags.response == ";
    assertEquals(made.count("do53-udp", "queries"), frames(udp + "0"));
    assertEquals(made.count("do53-udp", "responses"), frames(udp + "1"));
    assertEquals(
        made.count("do53-tcp", "queries"), frames("tcp.port == 53 && dns.flags.response == 0"));
  }

  @Test
  void everyHelloCanBeRead() throws Exception {
    long tls = made.count("dot", "flows") + made.count("doh", "flows");
    long quic = made.count("doh3", "flows") + made.count("doq", "flows");
    String hello = "tls.handshake.extensions_server_name && ";
    assertEquals(tls + made.count("web-tls", "flows"), frames(hello + "tcp"));
    assertEquals(quic + made.count("web-quic", "flows"), frames(hello + "quic"));
    assertEquals(
        made.count("doq", "flows"), frames("tls.handshake.extensions_alpn_str == \"doq\""));
  }

  /** Frames of the capture that a display filter takes. */
  private static long frames(String filter) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/tshark", "-n", "-2", "-r"));
    command.add(made.capture().toString());
    for (String protocol : List.of("ip", "tcp", "udp")) {
      command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
    }
    // It does not expect QUIC there by itself.
    command.addAll(List.of("-d", "udp.port==853,quic"));
    command.addAll(List.of("-Y", filter, "-T", "fields", "-e", "frame.number"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return out.lines().count();
  }
}
