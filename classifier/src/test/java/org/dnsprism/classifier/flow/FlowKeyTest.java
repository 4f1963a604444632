// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.dnsprism.classifier.wire.Packet;
import org.junit.jupiter.api.Test;

class FlowKeyTest {
  private final Random random = new Random(42);

  private Peer peer(boolean v6) {
    byte[] address = new byte[v6 ? 16 : 4];
    random.nextBytes(address);
    return Peer.of(address, random.nextInt(1 << 16));
  }

  @Test
  void bothDirectionsShareShardHashAndKey() {
    for (int i = 0; i < 2000; i++) {
      Peer a = peer(i % 2 == 0);
      Peer b = i % 5 == 0 ? new Peer(a.address(), random.nextInt(1 << 16)) : peer(i % 2 == 0);
      if (a.port() == b.port()) {
        continue;
      }
      Packet there = Frames.tcp(a, b, 0, 0, 0, 0);
      Packet back = Frames.tcp(b, a, 0, 0, 0, 0);
      boolean forward = FlowKey.forward(there);
      assertEquals(!forward, FlowKey.forward(back));
      assertEquals(FlowKey.hash(there, forward, i), FlowKey.hash(back, !forward, i));
      assertEquals(FlowKey.ports(there, forward), FlowKey.ports(back, !forward));
      assertEquals(FlowKey.shard(there, 4), FlowKey.shard(back, 4));
    }
  }

  @Test
  void hashOfAnEntryIsThatOfItsPackets() {
    FlowTable table = new FlowTable(64);
    for (int i = 0; i < 64; i++) {
      Packet packet = Frames.udp(peer(i % 2 == 0), peer(i % 2 == 0), 0);
      boolean forward = FlowKey.forward(packet);
      long hash = FlowKey.hash(packet, forward, 99);
      int entry = table.insert(packet, forward, hash);
      assertEquals(hash, FlowKey.hash(table.slab(), FlowTable.base(entry), 99));
    }
  }

  @Test
  void hashDependsOnTheSeedAndOnEachPartOfTheKey() {
    Peer server = Peer.of("192.0.2.1", 443);
    Packet packet = Frames.tcp(Peer.numbered(1, 5000), server, 0, 0, 0, 0);
    Packet otherPort = Frames.tcp(Peer.numbered(1, 5001), server, 0, 0, 0, 0);
    Packet otherAddress = Frames.tcp(Peer.numbered(2, 5000), server, 0, 0, 0, 0);
    Packet otherProtocol = Frames.udp(Peer.numbered(1, 5000), server, 0);
    long hash = FlowKey.hash(packet, true, 1);
    assertNotEquals(hash, FlowKey.hash(packet, true, 2));
    assertNotEquals(hash, FlowKey.hash(otherPort, true, 1));
    assertNotEquals(hash, FlowKey.hash(otherAddress, true, 1));
    assertNotEquals(hash, FlowKey.hash(otherProtocol, true, 1));
  }

  @Test
  void shardsAreAllUsed() {
    Set<Integer> shards = new HashSet<>();
    Peer server = Peer.of("192.0.2.1", 443);
    for (int i = 0; i < 400; i++) {
      int shard = FlowKey.shard(Frames.tcp(Peer.numbered(i, 40000), server, 0, 0, 0, 0), 4);
      assertTrue(shard >= 0 && shard < 16);
      shards.add(shard);
    }
    assertEquals(16, shards.size());
  }
}
