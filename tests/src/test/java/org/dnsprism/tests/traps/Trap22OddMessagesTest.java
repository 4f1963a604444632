// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.pipeline.record.FlowRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Trap 22: loops of names, long labels, no question or several, messages cut short")
class Trap22OddMessagesTest {
  private static final Peer CLIENT = Peer.of("192.0.2.1", 40_000);
  private static final Peer SERVER = Peer.of("198.51.100.53", 53);

  /** Ethernet, IPv4 and UDP before a message. */
  private static final int HEADERS = 14 + 20 + 8;

  private static byte[] message(String hex) {
    return IpPackets.udp(CLIENT, SERVER, HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** They count for nothing, and what is whole around them counts. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "pointer to itself, 000101000001000000000000 c00c 0001 0001",
    "pointers to each other, 000101000001000000000000 c00e c00c 0001 0001",
    "pointer behind the end, 000101000001000000000000 c0ff 0001 0001",
    "label of 64, 000101000001000000000000 40 6161616161616161 00 0001 0001",
    "label of 191, 000101000001000000000000 bf 6161616161616161 00 0001 0001",
    "label behind the end, 000101000001000000000000 3f 6161 00 0001 0001",
    "fewer questions than said, 000101000003000000000000 016100 0001 0001"
  })
  void brokenNamesAreNotCounted(String what, String hex) {
    Conversation connection = Conversation.with("198.51.100.53", 53);
    byte[] broken = HexFormat.of().parseHex(hex.replace(" ", ""));
    List<FlowRecord> flows =
        TrapCapture.ethernet()
            .packet(IpPackets.udp(CLIENT, SERVER, Questions.query(7, "www.example")))
            .packet(message(hex))
            .packet(IpPackets.udp(SERVER, CLIENT, Questions.response(7, "www.example")))
            .packets(connection.open())
            .packet(connection.client(Questions.framed(Questions.query(7, "www.example"))))
            .packet(connection.client(Questions.framed(broken)))
            .packet(connection.server(Questions.framed(Questions.response(7, "www.example"))))
            .packets(connection.close())
            .run()
            .flows();
    assertEquals(2, flows.size(), what);
    for (FlowRecord flow : flows) {
      assertEquals("certain", flow.confidence(), what);
      assertEquals(1, flow.queries(), what);
      assertEquals(1, flow.responses(), what);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no question but a cookie, 000101000000000000000001 000029100000000000000c"
        + " 000a0008 0102030405060708",
    "two questions, 000101000002000000000000 016100 0001 0001 016200 001c 0001",
    "the second question by a pointer, 000101000002000000000000 016100 0001 0001 c00c 001c 0001",
    "the longest label, 000101000001000000000000 3f"
        + "616161616161616161616161616161616161616161616161616161616161616161616161616161616161"
        + "616161616161616161616161616161616161616161 00 0001 0001"
  })
  void unusualMessagesAreQueries(String what, String hex) {
    FlowRecord flow = TrapCapture.ethernet().packet(message(hex)).flow();
    assertEquals("do53-udp certain", flow.transport() + " " + flow.confidence(), what);
    assertEquals(1, flow.queries(), what);
  }

  /** A response whose header and question were captured, with all, a part or none of the rest. */
  @ParameterizedTest
  @ValueSource(ints = {29, 30, 31, 41, 44})
  void messageCutBehindTheQuestionIsCounted(int captured) {
    FlowRecord flow = cut(captured);
    assertEquals("do53-udp medium", flow.transport() + " " + flow.confidence());
    assertEquals(1, flow.responses());
  }

  /** Of the header and a part of the question nothing is known for sure. */
  @ParameterizedTest
  @ValueSource(ints = {12, 13, 20, 28})
  void messageCutInTheQuestionIsPlausibleOnly(int captured) {
    FlowRecord flow = cut(captured);
    assertEquals("do53-udp medium", flow.transport() + " " + flow.confidence());
    assertEquals(0, flow.responses());
  }

  private static FlowRecord cut(int captured) {
    byte[] response = Questions.response(7, "www.example"); // 12 + 17 + 16
    byte[] frame = EthernetFrames.of(IpPackets.udp(SERVER, CLIENT, response));
    return TrapCapture.ethernet().cut(HEADERS + captured, frame).flow();
  }
}
