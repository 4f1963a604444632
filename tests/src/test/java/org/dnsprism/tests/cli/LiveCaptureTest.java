// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The program on the loopback interface, with queries and responses whose number is known. */
class LiveCaptureTest {
  private static final Path PACKET_SOCKETS = Path.of("/proc/net/packet");
  private static final int LOOPBACK = 1;
  private static final int CLIENTS = 40;
  private static final int QUERIES_EACH = 5;
  private static final int MESSAGES = 2 * CLIENTS * QUERIES_EACH;

  private final List<DatagramSocket> clients = new ArrayList<>();
  private DatagramSocket server;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    Program denied = Program.run("live", "-i", "lo", "--duration", "100ms", "--quiet");
    assumeFalse(denied.exitCode() == 77, "skipped: " + denied.err());
    server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setSoTimeout(10_000);
  }

  @AfterEach
  void close() {
    clients.forEach(DatagramSocket::close);
    if (server != null) {
      server.close();
    }
  }

  @Test
  @DisplayName("every message that was sent is counted, whichever thread it came to")
  void countsAll() throws Exception {
    for (int threads : List.of(1, 2)) {
      Program program = captured(MESSAGES, threads);

      assertEquals(0, program.exitCode(), program.err());
      WindowRecord whole = last(program).whole();
      assertEquals(MESSAGES, whole.frames());
      assertEquals(0L, whole.loss().get("ring"));
      WindowRecord.TransportSums dns = Objects.requireNonNull(whole.transports().get("do53-udp"));
      assertEquals(CLIENTS, dns.flows());
      assertEquals(CLIENTS * QUERIES_EACH, dns.queries());
      assertEquals(CLIENTS * QUERIES_EACH, dns.responses());
    }
  }

  @Test
  @DisplayName("a silent interface has windows of zeros, one after the other")
  void silence() throws Exception {
    Program program =
        Program.run(
            "live",
            "-i",
            "lo",
            "--filter",
            filter(),
            "--json",
            "--quiet",
            "--window",
            "1s",
            "--duration",
            "4s");

    assertEquals(0, program.exitCode(), program.err());
    assertEquals(0, last(program).whole().frames());
    assertTrue(last(program).windows() >= 3, program.out());
    assertEquals(last(program).windows(), windows(program).size());
  }

  private Program captured(int frames, int threads) throws Exception {
    long before = PacketSockets.running(PACKET_SOCKETS, LOOPBACK);
    Program.Running running =
        Program.start(
            List.of(),
            "live",
            "-i",
            "lo",
            "--filter",
            filter(),
            "--json",
            "--quiet",
            "--flows",
            "none",
            "--window",
            "1s",
            "--threads",
            String.valueOf(threads),
            "--count",
            String.valueOf(frames),
            "--duration",
            "120s");
    PacketSockets.await(PACKET_SOCKETS, LOOPBACK, before + threads);
    for (int client = 0; client < CLIENTS; client++) {
      converse();
    }
    return running.finish();
  }

  private String filter() {
    return "udp port " + server.getLocalPort();
  }

  private void converse() throws IOException {
    DatagramSocket client = new DatagramSocket(); // open until the end, so that no port comes twice
    clients.add(client);
    client.setSoTimeout(10_000);
    for (int i = 0; i < QUERIES_EACH; i++) {
      Name name = Name.fromString("www" + i + ".example.com.");
      Message message = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
      send(client, message, (InetSocketAddress) server.getLocalSocketAddress());
      DatagramPacket query = new DatagramPacket(new byte[512], 512);
      server.receive(query);
      message.getHeader().setFlag(Flags.QR);
      send(server, message, (InetSocketAddress) query.getSocketAddress());
      client.receive(query);
    }
  }

  private static void send(DatagramSocket from, Message message, InetSocketAddress to)
      throws IOException {
    byte[] wire = message.toWire();
    from.send(new DatagramPacket(wire, wire.length, to));
  }

  private static SummaryRecord last(Program program) {
    String line = program.out().lines().reduce("", (first, second) -> second);
    return (SummaryRecord) JsonCodec.decode(line.getBytes(StandardCharsets.UTF_8)).body();
  }

  private static List<String> windows(Program program) {
    return program.out().lines().filter(line -> line.contains("\"record\":\"window\"")).toList();
  }
}
