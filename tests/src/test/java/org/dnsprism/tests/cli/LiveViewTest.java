// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dnsprism.pipeline.record.AgentRecord;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a live run, on a terminal that script(1) makes. */
class LiveViewTest {
  private static final String TAKE_OVER = "\u001b[?1049h";
  private static final String GIVE_BACK = "\u001b[?1049l";
  private static final String CURSOR = "\u001b[?25h";
  private static final String SCREEN = "\u001b[?2026h";
  private static final int COLUMNS = 80;

  private Namespace network;
  @TempDir private Path folder;

  @BeforeEach
  void makeNetwork() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "skipped: script(1) is not here");
    network = Namespace.open();
  }

  @AfterEach
  void removeNetwork() {
    if (network != null) {
      network.close();
    }
  }

  private String watch(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("live", "-i", Namespace.FAR));
    command.addAll(List.of(options));
    String quoted =
        Program.command(command.toArray(String[]::new)).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Path typescript = folder.resolve("typescript");
    String all = "stty rows 24 cols " + COLUMNS + "; exec " + quoted;
    Process process =
        new ProcessBuilder(join(network.inside(), "script", "-qec", all, typescript.toString()))
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    network.awaitPacketSockets(1);
    String capture = LabCaptures.path("doh-curl.pcapng").toString();
    network.run("tcpreplay", "--topspeed", "-i", Namespace.NEAR, capture);
    assertEquals(0, process.waitFor());
    return Files.readString(typescript, StandardCharsets.UTF_8);
  }

  private static List<String> join(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }

  @Test
  @DisplayName("a screen is drawn again and again in 80 columns, then the terminal is given back")
  void screens() throws Exception {
    Path out = folder.resolve("out");
    String seen =
        watch(
            "--threads",
            "1",
            "--window",
            "1s",
            "--duration",
            "6s",
            "--heartbeat",
            "1s",
            "--out",
            out.toString());
    List<String> screens = List.of(seen.split(Pattern.quote(SCREEN), -1));

    assertTrue(screens.size() > 3, seen);
    assertTrue(screens.get(0).contains(TAKE_OVER), seen);
    assertEquals(seen.indexOf(TAKE_OVER), seen.lastIndexOf(TAKE_OVER));
    assertTrue(seen.indexOf(GIVE_BACK) > seen.lastIndexOf(SCREEN), seen);
    assertTrue(seen.contains(CURSOR), seen);
    assertTrue(screens.stream().anyMatch(screen -> screen.contains("doh")), seen);
    for (String screen : screens.subList(1, screens.size() - 1)) {
      List<String> lines = screen.replaceAll("\u001b\\[[?0-9;]*[A-Za-z]", "").lines().toList();
      assertTrue(lines.get(0).startsWith("dnsprism live  " + Namespace.FAR), screen);
      assertTrue(lines.stream().allMatch(line -> line.strip().length() <= COLUMNS), screen);
    }
    assertHeartbeats(Files.readAllLines(out.resolve("agent.ndjson"), StandardCharsets.UTF_8));
  }

  private static void assertHeartbeats(List<String> lines) {
    assertTrue(lines.size() >= 2, () -> lines.size() + " heartbeats");
    List<AgentRecord> agents = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      var envelope = JsonCodec.decode(lines.get(i).getBytes(StandardCharsets.UTF_8));
      assertEquals(i, envelope.head().seq());
      agents.add((AgentRecord) envelope.body());
    }
    for (AgentRecord agent : agents) {
      assertEquals(List.of(Namespace.FAR), agent.interfaces());
      assertEquals(1, agent.workers());
      assertEquals(1, agent.samplingFactor());
    }
    assertTrue(agents.get(agents.size() - 1).frames() > 0, lines::toString);
  }

  @Test
  @DisplayName("with lines asked for, a terminal gets a line for each window and the report")
  void lines() throws Exception {
    String seen = watch("--threads", "1", "--window", "1s", "--duration", "6s", "--view", "lines");

    assertFalse(seen.contains(TAKE_OVER), seen);
    assertTrue(seen.lines().filter(line -> line.contains("frames=")).count() >= 3, seen);
    assertTrue(seen.contains("Accounting"), seen);
  }
}
