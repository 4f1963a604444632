// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code endpoints update} against an unbound whose answers are known. */
class EndpointsUpdateTest {
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final LocalDate old = today.minusDays(30);

  /** Quad9 and Google are in the bundled list with their addresses; 11/8 is in no list. */
  private static final List<String> ZONES =
      List.of(
          "  local-zone: \".\" static",
          "  local-data: \"dns.quad9.net. A 9.9.9.9\"",
          "  local-data: \"dns.quad9.net. A 8.8.8.8\"",
          "  local-data: \"dns.quad9.net. AAAA 2620:fe::fe\"",
          "  local-data: \"dns.google. A 9.9.9.9\"",
          "  local-data: \"new.example. A 11.22.33.44\"",
          "  local-data: \"new.example. AAAA 2a0e:1::53\"",
          "  local-data: \"private.example. A 10.1.2.3\"",
          "  local-data: \"private.example. AAAA fd00::1\"",
          "  local-data: \"front.example. A 104.16.1.1\"",
          "  local-data: \"profile.example. A 45.90.28.77\"",
          "  local-data: \"one.example. A 11.9.9.9\"",
          "  local-data: \"two.example. A 11.9.9.9\"",
          "  local-zone: \"fails.example.\" transparent",
          "  local-zone: \"silent.example.\" deny");

  @TempDir Path folder;
  private Path overlay;
  private Path own;

  @BeforeEach
  void writeLists() throws Exception {
    overlay = folder.resolve("below/overlay.tsv");
    Files.createDirectories(overlay.getParent());
    own = folder.resolve("own.tsv");
    List<String> lines = new ArrayList<>(List.of("kind\tvalue\toperator\tprotocols"));
    for (String name :
        List.of("new", "fails", "silent", "private", "front", "profile", "one", "two")) {
      lines.add("exact\t%s.example\tOp %s\tdot,doh:8443".formatted(name, name));
    }
    Files.write(own, lines);
    Files.write(
        overlay,
        List.of(
            "kind\tvalue\toperator\tlast_seen\tsources",
            "address\t11.0.0.1\tOp fails\t" + old + "\tdns:fails.example",
            "address\t11.0.0.2\tOp silent\t" + old + "\tdns:gone.example,dns:silent.example",
            "address\t11.0.0.3\tOp new\t" + old + "\tdns:new.example",
            "address\t11.0.0.4\tOp private\t" + old + "\tdns:private.example",
            "address\t11.0.0.5\tOp fails\t" + today.minusDays(400) + "\tdns:fails.example",
            "address\t2a0e:2::1\tOp fails\t" + old + "\tdns:fails.example"));
  }

  private Program update(String resolver) throws Exception {
    return Program.run(
        "endpoints",
        "update",
        "--rate",
        "2000/s",
        "--resolver",
        resolver,
        "--overlay",
        overlay.toString(),
        "--endpoints",
        own.toString());
  }

  /** Operator and date of each rule in the overlay. */
  private Map<String, String> rules() throws Exception {
    Map<String, String> rules = new TreeMap<>();
    for (String line : Files.readAllLines(overlay)) {
      String[] fields = line.split("\t", -1);
      if (!line.startsWith("#") && !line.startsWith("kind")) {
        rules.put(fields[1], fields[2] + " " + fields[10]);
      }
    }
    return rules;
  }

  @Test
  void answersRenewAddKeepAndRefuse() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    List<String> refuse = List.of("  local-zone: \".\" always_refuse");
    Program program;
    try (Unbound refusing = Unbound.start(other, refuse, List.of());
        Unbound unbound = Unbound.start(folder, ZONES, forward(refusing))) {
      program = update(unbound.address());
    }
    assertEquals(0, program.exitCode(), program.err());
    Map<String, String> expected = new TreeMap<>();
    expected.put("dns.quad9.net", "Quad9 " + today);
    expected.put("9.9.9.9", "Quad9 " + today);
    expected.put("2620:fe::fe", "Quad9 " + today);
    expected.put("11.22.33.44", "Op new " + today);
    expected.put("2a0e:1::53", "Op new " + today);
    expected.put("11.0.0.1", "Op fails " + old);
    expected.put("2a0e:2::1", "Op fails " + old);
    expected.put("11.0.0.2", "Op silent " + old);
    expected.put("11.0.0.4", "Op private " + old);
    assertEquals(expected, rules());
    assertEquals(
        List.of(
            "dnsprism: private.example has 10.1.2.3, which is private or special: refused",
            "dnsprism: private.example has fd00::1, which is private or special: refused"),
        program.errLines().stream().sorted().toList());
    assertTrue(program.out().contains(" 2 failed, 2 timed out"), program.out());
    // Google's name has Quad9's address, Quad9's name Google's, one name an address of NextDNS.
    assertTrue(program.out().contains(" 2 new, 4 kept with their date,"), program.out());
    assertTrue(program.out().contains(" 1 of web front ends, 2 listed for another"), program.out());
    assertTrue(program.out().contains(" 1 of several operators,"), program.out());
    assertTrue(program.out().contains(" 2 refused as private or special"), program.out());
    try (var files = Files.list(overlay.getParent())) {
      assertEquals(List.of(overlay), files.toList(), "nothing unfinished is left");
    }
  }

  /** Has the other resolver asked, whose refusals become SERVFAIL. */
  private static List<String> forward(Unbound other) {
    return List.of(
        "forward-zone:",
        "  name: \"fails.example.\"",
        "  forward-addr: " + other.address().replace(':', '@'));
  }

  @Test
  void newAddressesAreInForceAndServeWhatTheirNameServes() throws Exception {
    try (Unbound unbound = Unbound.start(folder, ZONES.subList(0, 7), List.of())) {
      assertEquals(0, update(unbound.address()).exitCode());
    }
    Program lookup =
        Program.run("endpoints", "lookup", "--overlay", overlay.toString(), "11.22.33.44");
    assertTrue(
        lookup
            .out()
            .contains(
                "address\t11.22.33.44\tOp new\tZZ\tdot:853,doh:8443\tdedicated\tcore\t" + today),
        lookup.out());
    assertTrue(lookup.out().contains("dns:new.example"), lookup.out());
    assertEquals(0, Program.run("endpoints", "check", overlay.toString()).exitCode());
  }

  @Test
  void withoutAResolverTheOverlayStays() throws Exception {
    byte[] before = Files.readAllBytes(overlay);
    Program none = update("127.0.0.1:" + Unbound.freePort());
    assertEquals(69, none.exitCode(), none.err());
    assertEquals(1, none.errLines().size(), none.err());
    assertTrue(none.err().contains("no resolver answers"), none.err());
    try (Unbound unbound = Unbound.start(folder, ZONES.subList(0, 1), List.of())) {
      Program knowsNothing = update(unbound.address());
      assertEquals(69, knowsNothing.exitCode(), knowsNothing.err());
    }
    assertEquals(List.of(), List.copyOf(differing(before)));
  }

  private List<String> differing(byte[] before) throws Exception {
    return java.util.Arrays.equals(before, Files.readAllBytes(overlay))
        ? List.of()
        : Files.readAllLines(overlay);
  }

  @Test
  void overlayThatCannotBeWrittenOrReadIsToldOfBeforeAnythingIsAsked() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    overlay = file.resolve("overlay.tsv");
    Program program = update("127.0.0.1:" + Unbound.freePort());
    assertEquals(73, program.exitCode(), program.err());
    assertEquals(1, program.errLines().size(), program.err());
    overlay = Files.writeString(folder.resolve("broken.tsv"), "kind\tvalue\toperator\nexact\n");
    Program broken = update("127.0.0.1:" + Unbound.freePort());
    assertEquals(78, broken.exitCode(), broken.err());
    assertTrue(broken.err().contains("broken.tsv:2: "), broken.err());
    assertEquals(2, update("resolver.example").exitCode());
    assertFalse(Files.readString(overlay).contains("#"));
  }
}
