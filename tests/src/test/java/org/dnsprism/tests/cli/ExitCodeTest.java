// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each exit code of the contract, with its one line. */
class ExitCodeTest {
  private static final String CAPTURE = LabCaptures.path("dot-kdig.pcapng").toString();

  @TempDir Path folder;

  @Test
  void done() throws Exception {
    Program program = Program.run("replay", CAPTURE);
    assertEquals(0, program.exitCode(), program.err());
    assertTrue(program.out().contains("dot"), program.out());
    assertEquals("", program.err());
  }

  @Test
  void usage() throws Exception {
    assertOneLine(2, "--help", Program.run("replay"));
    assertOneLine(2, "--windw", Program.run("replay", "--windw", "5s", CAPTURE));
    assertOneLine(2, "5x", Program.run("replay", "--window", "5x", CAPTURE));
    assertOneLine(2, "--threads", Program.run("replay", "--threads", "99", CAPTURE));
    assertOneLine(2, "standard input", Program.run("replay", "-", CAPTURE));
    assertOneLine(
        2, "10.0.0.0/99", Program.run("replay", "--own-resolvers", "10.0.0.0/99", CAPTURE));
    assertOneLine(2, "nosuch", Program.run("nosuch"));
  }

  @Test
  void damagedInputIsReportedAsFarAsItGoes() throws Exception {
    byte[] whole = Files.readAllBytes(Path.of(CAPTURE));
    Path cut = folder.resolve("cut.pcapng");
    Files.write(cut, Arrays.copyOf(whole, whole.length * 2 / 3));
    Program program = Program.run("replay", "--quiet", "--json", cut.toString());
    assertOneLine(65, "cut.pcapng", program);
    assertTrue(program.out().contains("\"record\":\"summary\""), "what could be read is told");
    Path text = folder.resolve("text.pcap");
    Files.writeString(text, "this is no capture\n");
    Program none = Program.run("replay", text.toString());
    assertOneLine(65, "not a capture", none);
    assertEquals("", none.out());
  }

  @Test
  void noSuchInput() throws Exception {
    assertOneLine(
        66, "nosuch.pcap", Program.run("replay", folder.resolve("nosuch.pcap").toString()));
    assertOneLine(66, folder.toString(), Program.run("explain", folder.toString()));
  }

  @Test
  void noBroker() throws Exception {
    Path settings = folder.resolve("kafka.properties");
    Files.writeString(settings, "default.api.timeout.ms=1500\nrequest.timeout.ms=1000\n");
    Program program =
        Program.run(
            "replay",
            "--kafka",
            "127.0.0.1:9",
            "--kafka-config",
            settings.toString(),
            "--kafka-patience",
            "1s",
            "--spool",
            folder.resolve("spool").toString(),
            CAPTURE);
    assertOneLine(69, "records wait in " + folder.resolve("spool/1"), program);
    assertTrue(program.err().contains("127.0.0.1:9"), program.err());
    Program status = Program.run("spool", "status", "--spool", folder.resolve("spool").toString());
    assertTrue(status.out().matches("(?s).* [0-9]+ records, .*127\\.0\\.0\\.1:9\\R"), status.out());
  }

  @Test
  void outputThatCannotBeWritten() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertOneLine(73, "file", Program.run("replay", "--out", file + "/below", CAPTURE));
  }

  @Test
  void noPermission() throws Exception {
    Path secret = folder.resolve("secret.pcap");
    Files.copy(Path.of(CAPTURE), secret);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    boolean root = System.getProperty("user.name").equals("root");
    // Root may read everything: capabilities are dropped so that the file's mode counts.
    List<String> wrapper =
        root ? List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all") : List.of();
    Program program = Program.run(Path.of("/dev/null"), wrapper, "replay", secret.toString());
    assertOneLine(77, "chmod", program);
  }

  @Test
  void badConfiguration() throws Exception {
    Path config = folder.resolve("c.yaml");
    Files.writeString(config, "quiet: true\nwindow: 5x\n");
    assertOneLine(
        78, config + ":2: window", Program.run("replay", "--config", config.toString(), CAPTURE));
    Files.writeString(config, "wndow: 5s\n");
    assertOneLine(
        78, config + ":1: ", Program.run("replay", "--config", config.toString(), CAPTURE));
    Files.writeString(config, "window: [5s\n");
    assertOneLine(78, config.toString(), Program.run("replay", "--config=" + config, CAPTURE));
    Path list = folder.resolve("list.tsv");
    Files.write(
        list, List.of("kind\tvalue\toperator", "prefix\t192.0.2.1/24\tOp"), StandardCharsets.UTF_8);
    assertOneLine(78, list + ":2: ", Program.run("endpoints", "check", list.toString()));
    assertOneLine(
        78, list + ":2: ", Program.run("replay", "--endpoints", list.toString(), CAPTURE));
    Path secret = Files.writeString(folder.resolve("short.key"), "guess me");
    assertOneLine(
        78, "16 bytes", Program.run("replay", "--sketch-key", secret.toString(), CAPTURE));
    assertOneLine(78, "absent.key", Program.run("replay", "--sketch-key", "absent.key", CAPTURE));
  }

  @Test
  void checkTellsEveryErrorOfEveryListWithItsLine() throws Exception {
    Path one = folder.resolve("one.tsv");
    Files.write(one, List.of("kind\tvalue\toperator", "exact\ta/b\tOp", "exact\tb.test"));
    Path two = folder.resolve("two.tsv");
    Files.write(two, List.of("# stale_after: never", "kind\tvalue"));
    Program program = Program.run("endpoints", "check", one.toString(), two.toString());
    assertEquals(78, program.exitCode(), program.err());
    List<String> places = List.of(one + ":2: ", one + ":3: ", two + ":1: ", two + ":2: ");
    assertEquals(places.size(), program.errLines().size(), program.err());
    for (int i = 0; i < places.size(); i++) {
      assertTrue(program.errLines().get(i).startsWith("dnsprism: " + places.get(i)), program.err());
    }
    assertEquals("", program.out());
    assertOneLine(
        78, "(and 3 more)", Program.run("replay", "--endpoints", one + "," + two, CAPTURE));
  }

  @Test
  void theCommandLineWinsOverTheConfiguration() throws Exception {
    Path config = folder.resolve("c.yaml");
    Files.writeString(config, "window: 1h\nagent: from-file\nflows: none\n");
    Program program =
        Program.run(
            "replay", "--config", config.toString(), "--agent", "from-line", "--json", CAPTURE);
    assertEquals(0, program.exitCode(), program.err());
    assertTrue(program.out().contains("\"agent\":\"from-line\""));
    assertTrue(program.out().contains("\"window_s\":3600.0"));
    assertFalse(program.out().contains("\"record\":\"flow\""));
  }

  private static void assertOneLine(int exitCode, String word, Program program) {
    assertEquals(exitCode, program.exitCode(), program.err());
    assertEquals(1, program.errLines().size(), program.err());
    assertTrue(program.err().startsWith("dnsprism: "), program.err());
    assertTrue(program.err().contains(word), program.err());
  }
}
