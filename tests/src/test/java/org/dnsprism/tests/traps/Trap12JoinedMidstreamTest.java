// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.tls.ServerMessages;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Trap 12: the capture begins in the middle of connections")
class Trap12JoinedMidstreamTest {
  private static final byte[] QUERIES = TlsTraffic.encrypted(1, 150, 151);
  private static final byte[] ANSWERS = TlsTraffic.encrypted(2, 490, 480);

  private final TrapCapture capture = TlsTraffic.capture();

  private static long midstreamFlows(RunOfCapture run) {
    return run.windows().stream().mapToLong(WindowRecord::midstreamFlows).sum();
  }

  @ParameterizedTest(name = "{0} port {1} is {2}, {3}")
  @CsvSource({
    TlsTraffic.STRANGER + ", 853, dot, medium, 1",
    TlsTraffic.RESOLVER + ", 853, dot, medium, 1",
    TlsTraffic.RESOLVER + ", 443, doh, low, 1",
    TlsTraffic.SHARED_SERVER + ", 443, other, low, 0",
    TlsTraffic.STRANGER + ", 443, other, low, 0",
  })
  @DisplayName("records tell TLS, and port and address the rest, with less confidence")
  void recordsAlone(String server, int port, String transport, String confidence, int counted) {
    Conversation connection = Conversation.with(server, port);
    capture.packet(connection.client(QUERIES)).packet(connection.server(ANSWERS));
    FlowRecord flow = capture.packet(connection.client()).flow();
    TlsTraffic.assertVerdict(transport, confidence, flow);
    assertTrue(flow.joinedMidstream());
    assertTrue(TlsTraffic.has(flow, "tls_records"));
    assertTrue(TlsTraffic.has(flow, "midstream"));
    assertEquals(counted, midstreamFlows(capture.run()));
  }

  @Test
  @DisplayName("the first segment of the client begins within a record, at any byte")
  void withinARecordOfTheClient() {
    byte[] stream = TlsTraffic.encrypted(3, 160, 130, 200);
    for (int from = 1; from < 165; from++) {
      Conversation connection = connection(from, 853);
      capture.packet(connection.client(Arrays.copyOfRange(stream, from, stream.length)));
      capture.packet(connection.server());
    }
    assertAllAreDot(164);
  }

  @Test
  @DisplayName("the first segment of the server begins within a record, at any byte")
  void withinARecordOfTheServer() {
    byte[] stream = TlsTraffic.encrypted(4, 160, 130, 200);
    for (int from = 1; from < 165; from++) {
      Conversation connection = connection(from, 853);
      capture.packet(connection.server(Arrays.copyOfRange(stream, from, stream.length)));
      capture.packet(connection.client());
    }
    assertAllAreDot(164);
  }

  private static Conversation connection(int client, int port) {
    return new Conversation(Peer.numbered(client, 40_000), Peer.of(TlsTraffic.STRANGER, port));
  }

  private void assertAllAreDot(int count) {
    RunOfCapture run = capture.run();
    assertEquals(count, run.flows().size());
    for (FlowRecord flow : run.flows()) {
      TlsTraffic.assertVerdict("dot", "medium", flow);
      assertTrue(flow.joinedMidstream());
    }
    assertEquals(count, midstreamFlows(run));
  }

  @Test
  @DisplayName("random bytes of another protocol are no TLS, on port 853 neither")
  void otherBytesAreNoTls() {
    for (int i = 0; i < 100; i++) {
      byte[] record = TlsTraffic.encrypted(100 + i, 1000);
      byte[] noise = Arrays.copyOfRange(record, 5, record.length);
      Conversation connection = connection(i, 853);
      capture.packet(connection.client(noise)).packet(connection.server(noise));
    }
    for (FlowRecord flow : capture.run().flows()) {
      TlsTraffic.assertVerdict("other", "low", flow);
    }
  }

  @Test
  @DisplayName("a restart of the agent does not show as a fall of encrypted DNS")
  void restartIsNoFall() {
    List<String> expected = new ArrayList<>(Collections.nCopies(20, "doh"));
    expected.addAll(Collections.nCopies(20, "dot"));
    for (int leftOut = 0; leftOut <= 5; leftOut++) {
      assertEquals(expected, flowsByTransport(leftOut), leftOut + " packets left out");
    }
  }

  /** Connections to a resolver of which the first packets are left out. */
  private static List<String> flowsByTransport(int leftOut) {
    TrapCapture capture = TlsTraffic.capture();
    for (int client = 0; client < 40; client++) {
      int port = client % 2 == 0 ? 853 : 443;
      Peer server = Peer.of(TlsTraffic.RESOLVER, port);
      Conversation connection = new Conversation(Peer.numbered(client, 40_000), server);
      byte[] hello = TlsTraffic.record(TlsTraffic.nameless());
      List<byte[]> packets = new ArrayList<>(connection.open());
      packets.add(connection.client(hello));
      packets.add(connection.server(ServerMessages.hello13()));
      packets.add(connection.client(QUERIES));
      packets.add(connection.server(ANSWERS));
      packets.addAll(connection.close());
      capture.packets(packets.subList(leftOut, packets.size()));
    }
    return capture.run().flows().stream().map(FlowRecord::transport).sorted().toList();
  }
}
