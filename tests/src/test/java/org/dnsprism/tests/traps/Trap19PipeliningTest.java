// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Trap 19: DNS over TCP, several queries at once, answers in any order, lengths cut")
class Trap19PipeliningTest {
  private static final List<Integer> IDS = List.of(1, 2, 3, 4, 5);

  private final Conversation connection = Conversation.with("198.51.100.53", 53);

  private static byte[] queries() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    IDS.forEach(id -> bytes.writeBytes(Questions.framed(Questions.query(id, name(id)))));
    return bytes.toByteArray();
  }

  private static byte[] responses(Integer... ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id : ids) {
      bytes.writeBytes(Questions.framed(Questions.response(id, name(id))));
    }
    return bytes.toByteArray();
  }

  private static String name(int id) {
    return "host" + id + ".example";
  }

  private static void assertAllAnswered(TrapCapture capture) {
    RunOfCapture run = capture.run();
    assertEquals(1, run.flows().size());
    FlowRecord flow = run.flows().get(0);
    assertEquals("do53-tcp certain", flow.transport() + " " + flow.confidence());
    assertEquals(5, flow.queries());
    assertEquals(5, flow.responses());
    assertEquals(0, run.stats().stream().mapToLong(StatsRecord::unanswered).sum());
  }

  @Test
  void answersComeInAnotherOrder() {
    assertAllAnswered(
        TrapCapture.ethernet()
            .packets(connection.open())
            .packet(connection.client(queries()))
            .packet(connection.server(responses(4, 2)))
            .packet(connection.server(responses(5, 1, 3)))
            .packets(connection.close()));
  }

  /** In a length, between it and the header, in the header, in the name, between messages. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 13, 14, 20, 34, 35, 36, 37})
  void queriesAreCutAnywhere(int cut) {
    assertAllAnswered(
        TrapCapture.ethernet()
            .packets(connection.open())
            .packets(connection.clientCut(queries(), cut))
            .packet(connection.server(responses(1, 2, 3, 4, 5)))
            .packets(connection.close()));
  }

  @Test
  void byteAfterByte() {
    TrapCapture capture = TrapCapture.ethernet().packets(connection.open());
    for (byte one : queries()) {
      capture.packet(connection.client(one));
    }
    for (byte one : responses(3, 1, 5, 2, 4)) {
      capture.packet(connection.server(one));
    }
    assertAllAnswered(capture.packets(connection.close()));
  }

  /** Segments that overtake each other do not change what is in them. */
  @Test
  void segmentsComeInAnotherOrder() {
    TrapCapture capture = TrapCapture.ethernet().packets(connection.open());
    List<byte[]> segments = connection.clientCut(queries(), 30, 60, 90);
    for (int at : List.of(0, 3, 1, 2)) {
      capture.packet(segments.get(at));
    }
    assertAllAnswered(
        capture.packet(connection.server(responses(1, 2, 3, 4, 5))).packets(connection.close()));
  }
}
