// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.dnsprism.classifier.quic.InitialSealer.V1;
import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.classifier.quic.InitialSealer.join;
import static org.dnsprism.tests.traps.QuicTraffic.HELLO;
import static org.dnsprism.tests.traps.QuicTraffic.NO_TOKEN;
import static org.dnsprism.tests.traps.QuicTraffic.SCID;
import static org.dnsprism.tests.traps.QuicTraffic.SERVER_ID;
import static org.dnsprism.tests.traps.QuicTraffic.assertDoq;

import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Trap 4: ACK and CONNECTION_CLOSE frames before the CRYPTO data of a client's Initial")
class Trap04AckInInitialTest {
  private final QuicTraffic quic = new QuicTraffic();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0200000000", // ACK of one packet
        "020940100201" + "0100" + "0203", // with two more ranges
        "0300000000" + "010203", // with ECN counts
        "030940100201" + "0100" + "0203" + "410200" + "00", // ranges and ECN counts
        "1c0a0602" + "6f6b", // CONNECTION_CLOSE with a reason
        "0101000001" // PING and PADDING
      })
  void whatStandsInFrontIsSkipped(String frame) {
    byte[] front = HexFormat.of().parseHex(frame);
    byte[] rest = join(front, crypto(HELLO, 600, HELLO.length));
    assertDoq(
        TrapCapture.ethernet()
            .packet(quic.part(0, 0, 600))
            .packet(quic.answer(V1))
            .packet(quic.fromClient(quic.client.seal(V1, SERVER_ID, SCID, NO_TOKEN, 1, rest)))
            .flow());
  }
}
