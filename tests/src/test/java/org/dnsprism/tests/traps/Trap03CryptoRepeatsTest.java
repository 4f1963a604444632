// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.classifier.quic.InitialSealer.join;
import static org.dnsprism.tests.traps.QuicTraffic.HELLO;
import static org.dnsprism.tests.traps.QuicTraffic.assertDoq;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.dnsprism.pipeline.record.FlowRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Trap 3: repeats and overlaps of CRYPTO data neither hide a hole nor do harm")
class Trap03CryptoRepeatsTest {
  private static final int CUT = 700;

  private final QuicTraffic quic = new QuicTraffic();

  @Test
  void secondFragmentTwiceBeforeTheFirst() {
    byte[] second = quic.part(1, CUT, HELLO.length);
    assertDoq(
        TrapCapture.ethernet().packet(second).packet(second).packet(quic.part(0, 0, CUT)).flow());
  }

  @Test
  void repeatsAsLongAsTheHelloAreNoHello() {
    TrapCapture capture = TrapCapture.ethernet();
    for (int i = 0; i < 5; i++) {
      capture.packet(quic.part(i, CUT, HELLO.length));
    }
    FlowRecord flow = capture.flow();
    assertNotEquals("certain", flow.confidence());
    assertNotEquals("dns.example", flow.sni());
  }

  @Test
  void overlapsOfEveryWidth() {
    for (int overlap = 1; overlap < CUT; overlap += 77) {
      assertDoq(
          TrapCapture.ethernet()
              .packet(quic.part(1, CUT - overlap, HELLO.length))
              .packet(quic.part(0, 0, CUT))
              .flow());
    }
  }

  @Test
  void dozensOfShuffledFramesBetweenPingAndPadding() {
    List<byte[]> frames = new ArrayList<>();
    for (int from = 0; from < HELLO.length; from += 31) {
      frames.add(crypto(HELLO, from, Math.min(HELLO.length, from + 31)));
      frames.add(new byte[] {1, 0, 0, 1});
    }
    Collections.shuffle(frames, new Random(3));
    int half = frames.size() / 2;
    assertDoq(
        TrapCapture.ethernet()
            .packet(quic.initial(0, join(frames.subList(0, half).toArray(new byte[0][]))))
            .packet(
                quic.initial(1, join(frames.subList(half, frames.size()).toArray(new byte[0][]))))
            .flow());
  }
}
