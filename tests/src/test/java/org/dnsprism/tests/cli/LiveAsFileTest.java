// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dnsprism.tests.LabCaptures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Traffic captured by the program and, at the same interface, by tcpdump into a file. */
class LiveAsFileTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Different for each run, or about the capture and not the traffic. */
  private static final Set<String> OF_THE_RUN = Set.of("run", "seq", "agent", "capture");

  private static final List<String> CAPTURES =
      List.of(
          "do53-udp-special.pcapng",
          "do53-tcp.pcapng",
          "dot-stubby.pcapng",
          "doh-curl.pcapng",
          "doh-http1-curl.pcapng",
          "doh3-netty.pcapng",
          "doq-kdig.pcapng",
          "dnscrypt-udp.pcapng",
          "neg-https-curl.pcapng");

  private Namespace network;
  private KernelTime time;
  private @Nullable Process tcpdump;
  @TempDir private Path folder;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = Namespace.open();
    time = new KernelTime();
  }

  @AfterEach
  void removeNetwork() {
    if (tcpdump != null) {
      tcpdump.destroy();
    }
    if (network != null) {
      network.close();
    }
    if (time != null) {
      time.close();
    }
  }

  @Test
  @DisplayName("the same traffic gives the same records live and from a file")
  void sameRecords() throws Exception {
    Path secret = Files.write(folder.resolve("secret"), new byte[32]);
    String[] options = {
      "--json",
      "--quiet",
      "--flows",
      "all",
      "--clients",
      "full",
      "--window",
      "2s",
      "--sketch-key",
      secret.toString(),
      "--threads",
      "2"
    };
    Path file = folder.resolve("same.pcap");
    Process recorder = tcpdump(file);
    tcpdump = recorder;
    Program.Running running = network.start(live(options));
    network.awaitPacketSockets(3);
    for (String capture : CAPTURES) {
      String path = LabCaptures.path(capture).toString();
      network.run("tcpreplay", "--pps=2000", "-i", Namespace.NEAR, path);
    }
    running.signal("TERM"); // INT is ignored by what a script starts in the background
    Program live = running.finish();
    awaitRecords(file, network.received());
    recorder.destroy();
    recorder.waitFor();
    Program replay = Program.run(concat(new String[] {"replay", file.toString()}, options));

    assertEquals(0, live.exitCode(), live.err());
    assertEquals(0, replay.exitCode(), replay.err());
    assertTrue(records(replay, "flow").size() > CAPTURES.size(), "there were flows");
    assertSame(replay, live, "flow");
    assertSame(replay, live, "stats");
    assertSame(replay, live, "window");
  }

  private static void assertSame(Program replay, Program live, String kind) {
    assertEquals(
        String.join("\n", records(replay, kind)), String.join("\n", records(live, kind)), kind);
  }

  /** Waits until tcpdump has written so many frames. */
  private static void awaitRecords(Path file, long number) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (records(Files.readAllBytes(file)) < number) {
      assertTrue(System.nanoTime() - end < 0, "tcpdump writes");
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static long records(byte[] pcap) {
    ByteBuffer bytes = ByteBuffer.wrap(pcap).order(ByteOrder.nativeOrder());
    long records = 0;
    int at = 24;
    while (at + 16 <= pcap.length && at + 16 + bytes.getInt(at + 8) <= pcap.length) {
      at += 16 + bytes.getInt(at + 8);
      records++;
    }
    return records;
  }

  private Process tcpdump(Path file) throws Exception {
    String[] command = {
      "tcpdump", "-i", Namespace.FAR, "-U", "--nano", "-Z", "root", "-w", file.toString()
    };
    Process process =
        new ProcessBuilder(Stream.concat(network.inside().stream(), Stream.of(command)).toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    network.awaitPacketSockets(1);
    return process;
  }

  private static String[] live(String... options) {
    return concat(new String[] {"live", "-i", Namespace.FAR, "--duplicates", "keep"}, options);
  }

  private static String[] concat(String[] first, String... second) {
    return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
  }

  /** The records of a kind in an order of their own; windows without frames are left out. */
  private static List<String> records(Program program, String kind) {
    return program
        .out()
        .lines()
        .map(line -> (ObjectNode) MAPPER.readTree(line.getBytes(StandardCharsets.UTF_8)))
        .filter(record -> record.get("record").asString().equals(kind))
        .filter(record -> !kind.equals("window") || record.get("frames").asLong() > 0)
        .map(record -> record.remove(OF_THE_RUN))
        .map(JsonNode::toString)
        .sorted()
        .toList();
  }
}
