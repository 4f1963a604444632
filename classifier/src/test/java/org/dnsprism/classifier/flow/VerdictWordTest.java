// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Tunnel;
import org.junit.jupiter.api.Test;

class VerdictWordTest {
  private final Random random = new Random(43);

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  @Test
  void eachPartIsReadBackAndLeavesTheOthers() {
    for (int i = 0; i < 5000; i++) {
      long noise = random.nextLong();
      Transport transport = any(Transport.values());
      Confidence confidence = any(Confidence.values());
      Role role = any(Role.values());
      int endpoint = random.nextInt((1 << 20) - 1) - 1;
      long word = VerdictWord.withVerdict(noise, transport, confidence);
      word = VerdictWord.withRole(word, role);
      word = VerdictWord.withEndpoint(word, endpoint);
      assertEquals(transport, VerdictWord.transport(word));
      assertEquals(confidence, VerdictWord.confidence(word));
      assertEquals(role, VerdictWord.role(word));
      assertEquals(endpoint, VerdictWord.endpoint(word));
      long wrapping = 0x00000fff_fff0_7f00L; // bits 8 to 14 and 20 to 43
      assertEquals(noise & wrapping, word & wrapping);
    }
  }

  @Test
  void everyValueHasRoom() {
    assertTrue(Transport.values().length <= 16);
    assertTrue(Confidence.values().length <= 4);
    assertTrue(Role.values().length <= 4);
    assertTrue(Tunnel.values().length <= 16);
  }

  @Test
  void newFlowIsOtherAndBare() {
    Peer client = Peer.of("2001:db8::1", 4000);
    Peer server = Peer.of("2001:db8::2", 53);
    long word = VerdictWord.of(Frames.udp(client, server, 0));
    assertEquals(Transport.OTHER, VerdictWord.transport(word));
    assertEquals(Confidence.LOW, VerdictWord.confidence(word));
    assertEquals(Role.UNKNOWN, VerdictWord.role(word));
    assertEquals(-1, VerdictWord.endpoint(word));
    assertEquals(Tunnel.NONE, VerdictWord.tunnel(word));
    assertEquals(0, VerdictWord.vlanCount(word));
    assertEquals(6, VerdictWord.ipVersion(word));
    Peer v4 = Peer.numbered(1, 4000);
    assertEquals(4, VerdictWord.ipVersion(VerdictWord.of(Frames.udp(v4, v4, 0))));
  }
}
