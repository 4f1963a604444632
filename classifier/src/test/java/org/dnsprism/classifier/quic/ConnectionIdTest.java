// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.classifier.quic.InitialSealer.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dnsprism.classifier.tls.HelloBuilder;
import org.junit.jupiter.api.Test;

/** Which keys open an Initial when identifiers change, and what a new identifier means. */
class ConnectionIdTest extends QuicFlowCase {
  private final InitialSealer second = new InitialSealer(SERVER_ID, InitialSealer.V1, true);

  @Test
  void laterInitialsWithTheServersIdentifierUseTheSameKeys() {
    fromClient(initial(0, crypto(HELLO, 0, 700)));
    fromServer(answer(1));
    fromClient(client.seal(1, SERVER_ID, SCID, NONE, 1, join(ACK, crypto(HELLO, 700, 1610))));
    fromClient(client.seal(1, SERVER_ID, SCID, NONE, 2, crypto(HELLO, 1600, HELLO.length)));
    assertHello();
    assertEquals(1, counters.keyDerivations());
    assertEquals(0, counters.failedDecryptions());
  }

  @Test
  void captureThatBeginsWithALaterInitialKnowsTheHeaderAlone() {
    byte[] late = client.seal(1, SERVER_ID, SCID, NONE, 1, join(ACK, crypto(HELLO, 700, 1610)));
    assertEquals(QuicStatus.HEADER, fromClient(late));
    assertEquals(1, counters.failedDecryptions());
  }

  @Test
  void captureThatBeginsWithTheSecondDatagramOfTheFirstFlightOpensIt() {
    assertEquals(QuicStatus.INITIAL, fromClient(threeDatagrams().get(1)));
  }

  @Test
  void retryChangesIdentifierAndKeys() {
    byte[] token = new byte[900];
    fromClient(initial(0, crypto(HELLO, 0, 900)));
    fromServer(RfcVectors.V1_RETRY);
    fromClient(second.seal(1, SERVER_ID, SCID, token, 1, crypto(HELLO, 900, HELLO.length)));
    assertHello();
    flow.reset();
    fromClient(second.seal(1, SERVER_ID, SCID, token, 5, crypto(HELLO, 0, HELLO.length)));
    assertHello();
  }

  @Test
  void retriesOfBothVersionsAreCounted() {
    fromServer(RfcVectors.V1_RETRY);
    flow.reset();
    fromServer(RfcVectors.V2_RETRY);
    assertEquals(2, counters.retries());
  }

  @Test
  void retryAfterTheWholeHelloIsNoAnswerYet() {
    fromClient(initial(0, crypto(HELLO, 0, HELLO.length)));
    long first = flow.clientConnection();
    fromServer(RfcVectors.V1_RETRY);
    assertFalse(flow.over());
    fromClient(second.seal(1, SERVER_ID, SCID, NONE, 1, crypto(HELLO, 0, HELLO.length)));
    assertNotEquals(first, flow.clientConnection());
    fromServer(answer(1));
    assertTrue(flow.over());
    assertHello();
  }

  @Test
  void secondConnectionOnTheSamePortsIsNotMixedWithTheFirst() {
    byte[] other = HelloBuilder.browser("other.example", "h3").message();
    fromClient(initial(0, crypto(other, 0, 900)));
    fromClient(second.seal(1, SERVER_ID, SCID, NONE, 0, crypto(HELLO, 900, HELLO.length)));
    assertEquals(QuicStatus.INITIAL, flow.status());
    fromClient(second.seal(1, SERVER_ID, SCID, NONE, 1, crypto(HELLO, 0, 900)));
    assertHello();
  }

  @Test
  void secondConnectionAfterARetryIsNotMixedEither() {
    byte[] other = HelloBuilder.browser("other.example", "h3").message();
    InitialSealer third = new InitialSealer(SCID, InitialSealer.V1, true);
    fromClient(initial(0, crypto(other, 0, 900)));
    fromServer(RfcVectors.V1_RETRY);
    fromClient(second.seal(1, SERVER_ID, SCID, NONE, 1, crypto(other, 0, 900)));
    fromClient(third.seal(1, SCID, SCID, NONE, 0, crypto(HELLO, 900, HELLO.length)));
    assertEquals(QuicStatus.INITIAL, flow.status());
    fromClient(third.seal(1, SCID, SCID, NONE, 1, crypto(HELLO, 0, 900)));
    assertHello();
  }

  @Test
  void clientTakenForTheServerIsFoundOut() {
    fromClient(answer(1));
    assertEquals(QuicStatus.HEADER, flow.status());
    fromServer(initial(0, crypto(HELLO, 0, HELLO.length)));
    assertTrue(flow.reversed());
    assertHello();
  }

  @Test
  void serverAloneCostsNoMoreThanTwoAttempts() {
    for (int i = 0; i < 9; i++) {
      assertEquals(QuicStatus.HEADER, fromServer(answer(1)));
    }
    assertFalse(flow.reversed());
    assertEquals(2, counters.failedDecryptions());
  }
}
