// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.PacketDecoder;
import org.junit.jupiter.api.Test;

class SamplingTest {
  private static final int RAW_IP = 101;
  private static final int SERVER = 0xc6336435;
  private static final int CLIENT_PORT = 40_000;
  private static final int NETWORKS = 1 << 16;

  private final Sampling sampling = new Sampling(42);
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();

  private boolean sheds(byte[] ip) {
    DecodeStatus status =
        decoder.decode(Unpooled.wrappedBuffer(ip), 0, ip.length, ip.length, 1, RAW_IP, -1, packet);
    assertEquals(DecodeStatus.TRANSPORT, status);
    return sampling.sheds(packet);
  }

  private static byte[] udp4(int from, int fromPort, int to, int toPort) {
    ByteBuffer ip = ByteBuffer.allocate(28).putInt(0x4500_001c).putInt(0).putInt(0x4011_0000);
    ip.putInt(from).putInt(to).putShort((short) fromPort).putShort((short) toPort);
    return ip.putShort((short) 8).array();
  }

  private static byte[] udp6(long high, long low, int fromPort, int toPort) {
    ByteBuffer ip = ByteBuffer.allocate(48).putInt(0x6000_0000).putInt(0x0008_1140);
    ip.putLong(high).putLong(low).putLong(0x2620_00fe_0000_0000L).putLong(0xfe);
    return ip.putShort((short) fromPort).putShort((short) toPort).putShort((short) 8).array();
  }

  @Test
  void nobodyIsLeftOutAtFirst() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      assertFalse(sheds(udp4(random.nextInt(), CLIENT_PORT, SERVER, 53)));
    }
    assertEquals(1, sampling.factor());
  }

  @Test
  void bothDirectionsAndTheWholeNetworkShareTheirFate() {
    Random random = new Random(2);
    sampling.setLevel(2);
    for (int i = 0; i < 1000; i++) {
      int client = random.nextInt();
      boolean shed = sheds(udp4(client, CLIENT_PORT, SERVER, 853));
      assertEquals(shed, sheds(udp4(SERVER, 853, client, CLIENT_PORT)));
      assertEquals(shed, sheds(udp4(client ^ 0x7f, CLIENT_PORT + 9, 0x0808_0808, 443)));
      long high = random.nextLong();
      boolean shed6 = sheds(udp6(high, 1, CLIENT_PORT, 53));
      assertEquals(shed6, sheds(udp6(high ^ 0xff, random.nextLong(), CLIENT_PORT, 443)));
    }
  }

  @Test
  void equalPortsDoNotSplitAFlow() {
    sampling.setLevel(1);
    for (int client = 0; client < 1000; client++) {
      int address = client << 8;
      assertEquals(sheds(udp4(address, 53, SERVER, 53)), sheds(udp4(SERVER, 53, address, 53)));
    }
  }

  /** One network in 2^level, and always of those that were looked at before. */
  @Test
  void eachStepHalvesWhoIsLookedAt() {
    boolean[] lookedAt = new boolean[NETWORKS];
    Arrays.fill(lookedAt, true);
    for (int level = 1; level <= LoadShedder.MAX_LEVEL; level++) {
      sampling.setLevel(level);
      int left = 0;
      for (int network = 0; network < NETWORKS; network++) {
        boolean now = !sheds(udp4(0x0a00_0000 | (network << 8), CLIENT_PORT, SERVER, 53));
        assertTrue(lookedAt[network] || !now, "nobody comes back");
        lookedAt[network] = now;
        left += now ? 1 : 0;
      }
      double expected = NETWORKS / (double) (1 << level);
      assertEquals(expected, left, 5 * Math.sqrt(expected));
      assertEquals(1 << level, sampling.factor());
    }
  }
}
