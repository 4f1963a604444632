// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.tests.LabCaptures;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/** An answer over UDP that was cut off, and the query over TCP that follows it (RFC 7766, 5). */
class TcpRetryTest {
  private static final long MILLISECOND = 1_000_000L;

  /** The client of each {@link Conversation}. */
  private static final String CLIENT = "192.0.2.1";

  private static final Peer SERVER = Peer.of("198.51.100.53", 53);

  private final TrapCapture capture = TrapCapture.ethernet();

  private void overUdp(String client, int port, String name, boolean cut) throws IOException {
    Message answer = new Message(Questions.query(7, name));
    answer.getHeader().setFlag(Flags.QR);
    if (cut) {
      answer.getHeader().setFlag(Flags.TC);
    }
    Peer from = Peer.of(client, port);
    capture
        .packet(IpPackets.udp(from, SERVER, Questions.query(7, name)))
        .packet(IpPackets.udp(SERVER, from, answer.toWire()));
  }

  private void overTcp(String... names) {
    Conversation connection = Conversation.with("198.51.100.53", 53);
    capture.packets(connection.open());
    for (String name : names) {
      capture
          .packet(connection.client(Questions.framed(Questions.query(8, name))))
          .packet(connection.server(Questions.framed(Questions.response(8, name))));
    }
    capture.packets(connection.close());
  }

  /** In records of flows, cells, windows and the run alike, whatever the number of threads. */
  private void assertRetries(long expected) {
    assertRetries(expected, capture.run());
  }

  private static void assertRetries(long expected, RunOfCapture run) {
    List<FlowRecord> tcp =
        run.flows().stream().filter(flow -> flow.transport().equals("do53-tcp")).toList();
    assertEquals(expected, tcp.stream().mapToLong(flow -> of(flow.tcpRetries())).sum());
    assertEquals(
        expected,
        run.stats().stream().map(StatsRecord::tcpRetries).mapToLong(TcpRetryTest::of).sum());
    assertEquals(expected, run.windows().stream().mapToLong(WindowRecord::tcpRetries).sum());
    assertEquals(expected, run.summaries().get(0).whole().tcpRetries());
  }

  private static long of(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  @Test
  void questionAskedAgainIsARetry() throws IOException {
    overUdp(CLIENT, 5000, "large.example", true);
    overTcp("large.example");
    assertRetries(1);
  }

  /** From whatever ports, and so in whatever shards, both are. */
  @ParameterizedTest
  @ValueSource(ints = {5001, 5002, 5003, 5004, 5005, 5006, 5007, 5008})
  void bothAreJoinedAcrossShards(int port) throws IOException {
    overUdp(CLIENT, port, "large.example", true);
    overTcp("small.example", "LARGE.example");
    assertRetries(1);
  }

  /** Windows are ten seconds long and begin with the capture. */
  @Test
  void bothAreJoinedAcrossWindows() throws IOException {
    capture.after(9_990 * MILLISECOND);
    overUdp(CLIENT, 5000, "large.example", true);
    capture.after(500 * MILLISECOND);
    overTcp("large.example");
    assertRetries(1);
  }

  @Test
  void otherQuestionsClientsTimesAndWholeAnswersAreNone() throws IOException {
    overUdp(CLIENT, 5000, "other.example", true);
    overUdp("192.0.2.77", 5000, "large.example", true);
    overUdp(CLIENT, 5001, "large.example", false);
    overTcp("large.example");
    capture.after(30_000 * MILLISECOND);
    overUdp(CLIENT, 5002, "late.example", true);
    capture.after(10_001 * MILLISECOND);
    overTcp("late.example");
    overUdp(CLIENT, 5003, "early.example", true);
    assertRetries(0);
  }

  /** Three clients of dig, told to take no more than 512 octets over UDP. */
  @Test
  void retriesOfRealClientsAreFound() throws IOException, SinkException {
    for (int threads = 1; threads <= 3; threads++) {
      assertRetries(3, RunOfCapture.of(LabCaptures.path("do53-truncated.pcapng"), threads));
    }
  }
}
