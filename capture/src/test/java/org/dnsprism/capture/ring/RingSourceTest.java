// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.dnsprism.capture.FrameHandler;
import org.dnsprism.capture.FrameSource;
import org.dnsprism.capture.LinkType;
import org.dnsprism.capture.SourceLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rings on the loopback interface, with datagrams whose number is known because it was sent. */
class RingSourceTest {
  private static final int DATAGRAMS = 20_000;
  private static final int UDP_AT = 14 + 20;
  private static final int PAYLOAD_AT = UDP_AT + 8;

  @BeforeEach
  void needsPrivilege() {
    Loopback.assumeMayCapture();
  }

  @Test
  @DisplayName("each datagram arrives once, in order, whole, with its time")
  void everyFrame() throws IOException {
    try (Loopback loopback = new Loopback();
        RingSource source = loopback.open(1, RingSettings.defaults()).get(0)) {
      long before = System.currentTimeMillis();
      loopback.send(DATAGRAMS);
      int[] next = {0};
      drain(
          source,
          (buffer, offset, captured, wire, time, linkType, vlanTag) -> {
            assertEquals(next[0], buffer.getInt(offset + PAYLOAD_AT));
            assertEquals(PAYLOAD_AT + Loopback.lengthOf(next[0]), wire);
            assertEquals(wire, captured);
            assertEquals(LinkType.ETHERNET, linkType);
            assertEquals(FrameHandler.NO_VLAN_TAG, vlanTag);
            long millis = time / 1_000_000;
            assertTrue(millis >= before - 1 && millis <= System.currentTimeMillis(), "its time");
            next[0]++;
          });

      assertEquals(DATAGRAMS, next[0]);
      assertEquals(new SourceLedger(DATAGRAMS, DATAGRAMS, 0, 0, 0), source.ledger());
    }
  }

  @Test
  @DisplayName("a ring that is too small loses frames and says how many, to the last one")
  void tinyRing() throws IOException {
    try (Loopback loopback = new Loopback();
        RingSource source = loopback.open(1, RingSettings.defaults().withRing(1 << 16, 2)).get(0)) {
      loopback.send(DATAGRAMS); // more than the ring has room for, and nobody reads
      long[] seen = {0};
      drain(source, counting(seen));

      SourceLedger ledger = source.ledger();
      assertEquals(DATAGRAMS, ledger.offered());
      assertEquals(seen[0], ledger.delivered());
      assertEquals(ledger.offered(), ledger.delivered() + ledger.dropped());
      assertTrue(ledger.dropped() > 0, "frames were dropped");
      assertTrue(ledger.freezes() > 0, "the ring was full");
    }
  }

  @Test
  @DisplayName("several threads share the frames: each flow, both directions, goes to one of them")
  void sharedByFlow() throws IOException {
    int flows = 64;
    try (Loopback loopback = new Loopback()) {
      List<RingSource> sources = loopback.open(2, RingSettings.defaults());
      loopback.converse(flows, 10);
      int[][] framesOfFlow = new int[2][1 << 16];
      for (int i = 0; i < 2; i++) {
        int[] frames = framesOfFlow[i];
        drain(
            sources.get(i),
            (buffer, offset, captured, wire, time, linkType, vlanTag) -> {
              int from = buffer.getUnsignedShort(offset + UDP_AT);
              int to = buffer.getUnsignedShort(offset + UDP_AT + 2);
              frames[from == loopback.port() ? to : from]++;
            });
      }

      int[] flowsOfSource = new int[2];
      for (int port : loopback.clientPorts()) {
        int first = framesOfFlow[0][port];
        int second = framesOfFlow[1][port];
        assertEquals(20, first + second, "frames of port " + port);
        assertTrue(first == 0 || second == 0, "one source has the whole flow");
        flowsOfSource[first > 0 ? 0 : 1]++;
      }
      assertEquals(flows, flowsOfSource[0] + flowsOfSource[1]);
      assertTrue(flowsOfSource[0] > 0 && flowsOfSource[1] > 0, "both have some");
      sources.forEach(RingSource::close);
    }
  }

  @Test
  @DisplayName("the snap length cuts frames and leaves their length on the wire")
  void snapLength() throws IOException {
    try (Loopback loopback = new Loopback()) {
      KernelFilter filter =
          KernelFilter.compile(
              loopback.toServer(), LinkType.ETHERNET, RingSettings.MIN_SNAP_LENGTH);
      try (RingSource source =
          RingSource.open(List.of("lo"), 1, RingSettings.defaults().withFilter(filter)).get(0)) {
        loopback.send(100);
        int[] next = {0};
        drain(
            source,
            (buffer, offset, captured, wire, time, linkType, vlanTag) -> {
              assertEquals(PAYLOAD_AT + Loopback.lengthOf(next[0]++), wire);
              assertEquals(Math.min(wire, RingSettings.MIN_SNAP_LENGTH), captured);
            });

        assertEquals(100, next[0]);
      }
    }
  }

  @Test
  @DisplayName("a thread that is pinned runs on its processor alone")
  void pinned() throws Exception {
    try (Loopback loopback = new Loopback();
        RingSource source = loopback.open(1, RingSettings.defaults()).get(0)) {
      source.pinTo(0);
      String[] allowed = {""};
      Thread thread =
          new Thread(
              () -> {
                try {
                  drain(source, (buffer, offset, captured, wire, time, linkType, vlanTag) -> {});
                  allowed[0] =
                      Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                          .filter(line -> line.startsWith("Cpus_allowed_list:"))
                          .findFirst()
                          .orElseThrow();
                } catch (IOException e) {
                  allowed[0] = e.toString();
                }
              });
      thread.start();
      thread.join();

      assertEquals("Cpus_allowed_list:\t0", allowed[0]);
    }
  }

  @Test
  @DisplayName("a name without an interface is refused")
  void noSuchInterface() {
    RingSettings settings = RingSettings.defaults();

    assertThrows(NoSuchFileException.class, () -> RingSource.open(List.of("nosuch0"), 1, settings));
    assertThrows(NoSuchFileException.class, () -> RingSource.open(List.of("../../x"), 1, settings));
  }

  private static void drain(RingSource source, FrameHandler handler) throws IOException {
    source.stop();
    int count = 0;
    while (count != FrameSource.END) {
      count = source.poll(handler, 32);
    }
  }

  private static FrameHandler counting(long[] seen) {
    return (buffer, offset, captured, wire, time, linkType, vlanTag) -> seen[0]++;
  }
}
