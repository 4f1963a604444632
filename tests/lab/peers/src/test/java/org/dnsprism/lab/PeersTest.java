// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command line, every client against every kind of server on loopback. */
@Timeout(120)
class PeersTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final List<String> NAMES = List.of("a.example.com", "b.example.com", "absent.nx");

  @TempDir static Path folder;

  private static Identity identity;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void makeCertificate() throws Exception {
    identity = TestIdentity.create(folder);
  }

  @ParameterizedTest
  @EnumSource
  void everyQueryIsAnswered(Protocol protocol) throws Exception {
    try (Server server = start(protocol)) {
      assertEquals(0, client(protocol, server, TestIdentity.NAME, "20"), this::errors);
      assertEquals("queries=20 answers=20\n", out.toString(StandardCharsets.UTF_8));
    }
  }

  /** They look the name up, so that it has to be one that any machine knows. */
  @ParameterizedTest
  @EnumSource(names = {"DOQ", "DOH3"})
  void otherImplementationsAreAnsweredToo(Protocol protocol) throws Exception {
    System.setProperty("other", "true");
    try (Server server = start(protocol)) {
      assertEquals(0, client(protocol, server, "localhost", "20"), this::errors);
    } finally {
      System.clearProperty("other");
    }
  }

  /** More streams than a peer allows at once (100), so that credit must have been given back. */
  @ParameterizedTest
  @EnumSource(names = {"DOQ", "DOH3"})
  void oneConnectionTakesMoreQueriesThanItMayHoldStreams(Protocol protocol) throws Exception {
    try (Server server = start(protocol)) {
      assertEquals(0, client(protocol, server, TestIdentity.NAME, "250"), this::errors);
      assertEquals("queries=250 answers=250\n", out.toString(StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DOHPLAIN")
  void aCertificateForAnotherNameEndsTheClient(Protocol protocol) throws Exception {
    try (Server server = start(protocol)) {
      assertEquals(1, client(protocol, server, "other.lab.test", "3"));
      assertEquals("", out.toString(StandardCharsets.UTF_8));
      assertTrue(errors().contains("other.lab.test") || errors().contains("CERTIFICATE"), errors());
    }
  }

  @Test
  void pagesDoNotCountAsDnsAnswers() throws Exception {
    try (Server server = start(Protocol.HTTP3)) {
      assertEquals(1, client(Protocol.DOH3, server, TestIdentity.NAME, "3"));
      assertEquals("queries=3 answers=0\n", out.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void wrongCallsExitWithTwo() throws Exception {
    assertEquals(2, run(List.of()));
    assertTrue(errors().startsWith("usage: "), this::errors);
    assertEquals(2, run(List.of("client", "doq", LOOPBACK, "1", "name", "ca", "x", "a")));
    assertEquals(2, run(List.of("client", "dot", LOOPBACK, "1", "name", "ca", "1", "a")));
    assertEquals(2, run(List.of("client", "doq", "localhost", "1", "name", "ca", "1", "a")));
  }

  @Test
  void aServerOnATakenPortExitsWithOne() throws Exception {
    try (Server server = start(Protocol.DOQ)) {
      List<String> arguments =
          List.of(
              "server",
              "doq",
              LOOPBACK,
              Integer.toString(server.address().getPort()),
              identity.certificates().toString(),
              identity.key().toString());
      assertEquals(1, run(arguments));
      assertEquals("", out.toString(StandardCharsets.UTF_8));
    }
  }

  private static Server start(Protocol protocol) throws Exception {
    InetSocketAddress any = new InetSocketAddress(Target.address(LOOPBACK, LOOPBACK), 0);
    return Server.start(protocol, any, identity);
  }

  private int client(Protocol protocol, Server server, String sni, String count)
      throws InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add("client");
    arguments.add(protocol.word());
    arguments.add(LOOPBACK);
    arguments.add(Integer.toString(server.address().getPort()));
    arguments.add(sni);
    arguments.add(identity.certificates().toString());
    arguments.add(count);
    arguments.addAll(NAMES);
    return run(arguments);
  }

  private int run(List<String> arguments) throws InterruptedException {
    return Peers.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
