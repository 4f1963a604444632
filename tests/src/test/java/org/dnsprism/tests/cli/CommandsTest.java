// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.dnsprism.broker.EmbeddedBroker;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands print, and where. */
class CommandsTest {
  private static final String CAPTURE = LabCaptures.path("dot-kdig.pcapng").toString();
  private static final Pattern RUN = Pattern.compile("\"run\":\"[^\"]*\"");

  @TempDir Path folder;

  @Test
  void jsonIsTheSameForEveryNumberOfThreadsAndFromStandardInput() throws Exception {
    String one = json("--threads", "1", CAPTURE);
    assertEquals(one, json("--threads", "2", CAPTURE));
    assertEquals(one, json("--threads", "16", CAPTURE));
    Program piped = Program.run(Path.of(CAPTURE), List.of(), "replay", "--json", "--quiet", "-");
    assertEquals(0, piped.exitCode(), piped.err());
    assertEquals(one.replace(CAPTURE, "-"), RUN.matcher(piped.out()).replaceAll("\"run\":\"\""));
  }

  private static String json(String... arguments) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of("replay", "--json", "--quiet"));
    all.addAll(List.of(arguments));
    Program program = Program.run(all.toArray(String[]::new));
    assertEquals(0, program.exitCode(), program.err());
    assertEquals("", program.err());
    return RUN.matcher(program.out()).replaceAll("\"run\":\"\"");
  }

  @Test
  void aFolderHasOneFileForEachKindAndNothingUnfinished() throws Exception {
    Program program = Program.run("replay", "--out", folder.resolve("new").toString(), CAPTURE);
    assertEquals(0, program.exitCode(), program.err());
    try (var files = Files.list(folder.resolve("new"))) {
      assertEquals(
          List.of("flow.ndjson", "stats.ndjson", "summary.ndjson", "window.ndjson"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    assertEquals(1, Files.readAllLines(folder.resolve("new/summary.ndjson")).size());
  }

  @Test
  void noClientAddressBeyondItsPrefixAndNoQueryNameLeavesTheProcess() throws Exception {
    String capture = LabCaptures.path("do53-udp-kdig.pcapng").toString();
    String full = Program.run("replay", "--json", "--quiet", "--clients", "full", capture).out();
    assertTrue(full.contains("\"client_ip\":\"100.64."), "the capture's clients are in this net");
    String usual = Program.run("replay", "--json", "--quiet", capture).out();
    Pattern client = Pattern.compile("\"client_ip\":\"([^\"]*)\"");
    assertTrue(client.matcher(usual).find());
    client
        .matcher(usual)
        .results()
        .forEach(found -> assertTrue(found.group(1).matches(".*(\\.0/24|::/48)"), found.group(1)));
    assertFalse(usual.contains("lab.test") || usual.contains("example.com"), "query names");
    String none = Program.run("replay", "--json", "--quiet", "--clients", "none", capture).out();
    assertFalse(none.contains("client_ip"));
  }

  @Test
  void explainNamesEvidenceSourceAndRule() throws Exception {
    Program program = Program.run("explain", CAPTURE);
    assertEquals(0, program.exitCode(), program.err());
    assertTrue(program.out().contains("ALPN offers dot"), program.out());
    assertTrue(program.out().contains("[packets]"));
    assertTrue(program.out().contains("rule"));
    assertTrue(program.out().matches("(?s).*fingerprint +JA4 t13d[0-9]{4}[a-z0-9]{2}_.*"));
    // By the rows dot-port and tls: on port 853 without dot in ALPN it is still DoT, if less sure.
    assertTrue(program.out().contains("without dot in ALPN it would be dot, high"), program.out());
  }

  /** The capture's connections are known from its SYN segments: eight, four of them to 9.9.9.9. */
  @Test
  void explainFindsFlowsByTheirEndsAndByTheirNumber() throws Exception {
    assertEquals(8, explained().size());
    assertEquals(4, explained("--server", "9.9.9.9").size());
    assertEquals(4, explained("--server", "9.9.9.0/24").size());
    assertEquals(1, explained("--client", "2001:db8:64::2:2").size());
    assertEquals(1, explained("--client", "100.64.1.3", "--clients", "full").size());
    assertEquals(7, explained("--client", "100.64.1.3").size(), "all of the client's network");
    assertEquals(
        List.of("100.64.1.3 port 60775 -> 9.9.9.9 port 8853"),
        explained("--flow", "100.64.1.3:60775-9.9.9.9:8853", "--clients", "full"));
    assertEquals(
        1, explained("--flow", "[2001:db8:64::2:2]:44255-[2001:4860:4860::8888]:853").size());
    assertEquals(List.of(), explained("--flow", "100.64.1.3:60776-9.9.9.9:8853"));
    assertEquals(
        explained("--server", "9.9.9.9").subList(2, 3),
        explained("--server", "9.9.9.9", "--index", "3"));
    assertEquals(2, Program.run("explain", "--flow", "9.9.9.9", CAPTURE).exitCode());
    assertEquals(2, Program.run("explain", "--index", "0", CAPTURE).exitCode());
  }

  @Test
  void explainSaysSoWhenNoFlowIsLeft() throws Exception {
    Program none = Program.run("explain", "--transport", "doq", CAPTURE);
    assertEquals(0, none.exitCode(), none.err());
    assertEquals("", none.out());
    assertTrue(none.err().contains("none of 8 flows of DNS is told of; --all"), none.err());
    assertEquals("", Program.run("explain", "--transport", "doq", "--quiet", CAPTURE).err());
  }

  /** The ends of the flows that are told of. */
  private static List<String> explained(String... options) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of("explain", "--all", CAPTURE));
    all.addAll(List.of(options));
    Program program = Program.run(all.toArray(String[]::new));
    assertEquals(0, program.exitCode(), program.err());
    return program
        .out()
        .lines()
        .filter(line -> line.contains(" -> "))
        .map(line -> line.substring(line.indexOf("  tcp  ") + 7))
        .toList();
  }

  @Test
  void endpointsAreListedAndLookedUp() throws Exception {
    Program lookup = Program.run("endpoints", "lookup", "dns.quad9.net", "9.9.9.9", "no.test");
    assertEquals(0, lookup.exitCode(), lookup.err());
    assertEquals(4, lookup.out().lines().count(), lookup.out());
    assertTrue(lookup.out().contains("Quad9\tCH"));
    assertTrue(lookup.out().contains("no.test\tnot listed"));
    Program list = Program.run("endpoints", "list", "--operator", "quad9", "--protocol", "doq");
    assertEquals(0, list.exitCode(), list.err());
    List<String> comments = list.out().lines().filter(line -> line.startsWith("#")).toList();
    assertTrue(comments.get(2).matches("# newest_source: 20[0-9-]{8} \\([0-9,]+ days ago\\)"));
    assertTrue(
        list.out().lines().skip(comments.size() + 1).allMatch(line -> line.contains("Quad9")));
    String customers =
        Program.run("endpoints", "lookup", "C0ffee.DNS.nextdns.io.", "45.90.28.77").out();
    assertTrue(customers.contains("\n*.dns.nextdns.io\tsuffix\tdns.nextdns.io\t"), customers);
    assertTrue(customers.contains("\n45.90.28.0/24\tprefix\t45.90.28.0/24\t"), customers);
    assertFalse(customers.contains("45.90.28.77"), customers);
    Path own = folder.resolve("own.tsv");
    Files.write(own, List.of("kind\tvalue\toperator", "exact\tno.test\tOurs"));
    Program check = Program.run("endpoints", "check", own.toString());
    assertEquals(0, check.exitCode(), check.err());
    Program overlaid = Program.run("endpoints", "lookup", "--endpoints", own.toString(), "no.test");
    assertTrue(overlaid.out().contains("Ours"), overlaid.out());
  }

  @Test
  void tailShowsWhatReplaySentToKafka() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      String kafka = broker.bootstrapServers();
      Program replay =
          Program.run("replay", "--kafka", kafka, "--spool", folder.toString(), CAPTURE);
      assertEquals(0, replay.exitCode(), replay.err());
      Program tail =
          Program.run("tail", "summary", "--kafka", kafka, "--from-beginning", "--count", "1");
      assertEquals(0, tail.exitCode(), tail.err());
      assertEquals(1, tail.out().lines().count());
      assertTrue(tail.out().startsWith("summary"), tail.out());
      Program json =
          Program.run(
              "tail",
              "dnsprism.flow",
              "--kafka",
              kafka,
              "--from-beginning",
              "--json",
              "--idle",
              "3s");
      assertEquals(0, json.exitCode(), json.err());
      assertTrue(json.out().lines().count() > 0);
      assertTrue(json.out().lines().allMatch(line -> line.startsWith("{\"record\":\"flow\"")));
      Program verify = Program.run("verify", "--kafka", kafka);
      assertEquals(0, verify.exitCode(), verify.err());
      long flows = json.out().lines().count();
      assertTrue(verify.out().matches("(?s).* flow +" + flows + " +0 +0 +0 .*"), verify.out());
    }
  }

  @Test
  void helpNamesTheOptionsOfTheContract() throws Exception {
    String help = Program.run("replay", "--help").out();
    for (String option :
        List.of(
            "--json",
            "--out",
            "--kafka",
            "--kafka-config",
            "--spool",
            "--spool-size",
            "--window",
            "--threads",
            "--clients",
            "--flows",
            "--endpoints",
            "--own-resolvers",
            "--config",
            "--quiet",
            "--no-progress",
            "--color",
            "--log-level")) {
      assertTrue(help.contains(option), option);
    }
  }
}
