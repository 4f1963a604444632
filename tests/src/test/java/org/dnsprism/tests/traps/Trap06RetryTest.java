// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.dnsprism.classifier.quic.InitialSealer.V1;
import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.tests.traps.QuicTraffic.DCID;
import static org.dnsprism.tests.traps.QuicTraffic.HELLO;
import static org.dnsprism.tests.traps.QuicTraffic.NO_TOKEN;
import static org.dnsprism.tests.traps.QuicTraffic.RETRY;
import static org.dnsprism.tests.traps.QuicTraffic.SCID;
import static org.dnsprism.tests.traps.QuicTraffic.SERVER_ID;
import static org.dnsprism.tests.traps.QuicTraffic.assertDoq;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.dnsprism.classifier.quic.InitialSealer;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.pipeline.record.FlowRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Trap 6: Retry, identifiers that change, and a second connection on the same ports")
class Trap06RetryTest {
  private static final byte[] LONG_TOKEN = new byte[700];

  private final QuicTraffic quic = new QuicTraffic();
  private final InitialSealer retried = new InitialSealer(SERVER_ID, V1, true);

  private byte[] afterRetry(int from, int to) {
    return quic.fromClient(
        retried.seal(V1, SERVER_ID, SCID, LONG_TOKEN, 2, crypto(HELLO, from, to)));
  }

  @Test
  void keysAfterARetryComeFromItsIdentifier() {
    assertDoq(
        TrapCapture.ethernet()
            .packet(quic.part(0, 0, 500))
            .packet(quic.fromServer(RETRY))
            .packet(afterRetry(0, 900))
            .packet(afterRetry(900, HELLO.length))
            .flow());
  }

  @Test
  void captureThatBeginsAfterTheRetry() {
    assertDoq(TrapCapture.ethernet().packet(afterRetry(0, HELLO.length)).flow());
  }

  @Test
  void retryOfAWholeHelloDoesNotBeginAnotherFlow() {
    assertDoq(
        TrapCapture.ethernet()
            .packet(quic.part(0, 0, HELLO.length))
            .packet(quic.fromServer(RETRY))
            .packet(afterRetry(0, HELLO.length))
            .packet(quic.answer(V1))
            .packet(afterRetry(0, HELLO.length))
            .flow());
  }

  @Test
  void keysStayWhenTheServerGaveItselfAnotherIdentifier() {
    byte[] rest = crypto(HELLO, 500, HELLO.length);
    assertDoq(
        TrapCapture.ethernet()
            .packet(quic.part(0, 0, 500))
            .packet(quic.answer(V1))
            .packet(quic.fromClient(quic.client.seal(V1, SERVER_ID, SCID, NO_TOKEN, 1, rest)))
            .flow());
  }

  @Test
  void serverAloneIsMediumByHeaderAndPort() {
    FlowRecord flow = TrapCapture.ethernet().packet(quic.answer(V1)).flow();
    assertEquals("doq medium", flow.transport() + " " + flow.confidence());
    assertEquals("1", flow.quicVersion());
  }

  @Test
  void secondConnectionOnTheSamePortsIsAFlowOfItsOwn() {
    byte[] web = HelloBuilder.browser("www.example.com", "h3").message();
    TrapCapture capture =
        TrapCapture.ethernet()
            .packet(quic.part(0, 0, HELLO.length))
            .packet(quic.answer(V1))
            .packet(quic.part(0, 0, HELLO.length))
            .packet(
                quic.fromClient(
                    new InitialSealer(LATER, V1, true)
                        .seal(V1, LATER, SCID, NO_TOKEN, 0, crypto(web, 0, web.length))));
    List<FlowRecord> flows = capture.run().flows();
    assertEquals(List.of("doq", "other"), flows.stream().map(FlowRecord::transport).toList());
    assertDoq(flows.get(0));
    assertEquals(2, flows.get(0).clientPackets());
  }

  private static final byte[] LATER = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  @Test
  void identifierOfTheFirstConnectionIsNotTakenForANewOne() {
    TrapCapture capture = TrapCapture.ethernet().packet(quic.part(0, 0, HELLO.length));
    capture.packet(quic.answer(V1));
    for (int i = 0; i < 3; i++) {
      capture.packet(
          quic.fromClient(quic.client.seal(V1, DCID, SCID, NO_TOKEN, i, new byte[] {1})));
    }
    assertDoq(capture.flow());
  }
}
