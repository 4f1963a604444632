// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dnsprism.capture.CapturePermissionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A pair of virtual interfaces that goes down, comes up, vanishes and comes back. */
class InterfaceTroubleTest {
  private static final String NEAR = "dpt" + ProcessHandle.current().pid() % 100_000 + "a";
  private static final String FAR = "dpt" + ProcessHandle.current().pid() % 100_000 + "b";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  @BeforeEach
  void makeThePair() throws Exception {
    Loopback.assumeMayCapture();
    assumeTrue(addPair() == 0, "virtual interfaces cannot be made here");
  }

  @AfterEach
  void removeThePair() throws Exception {
    ip("link", "del", NEAR);
  }

  @Test
  @DisplayName("a ring goes on after its interface was down")
  void downAndUp() throws Exception {
    try (RingSource source = open()) {
      assertTrue(frameComes(source), "frames come");
      ip("link", "set", NEAR, "down");
      awaitInterruption(source);
      ip("link", "set", NEAR, "up");

      assertTrue(frameComes(source), "frames come again");
      assertEquals(1, source.ledger().interruptions());
    }
  }

  @Test
  @DisplayName("a ring goes on after its interface has vanished and one of its name has come")
  void vanishedAndBack() throws Exception {
    try (RingSource source = open()) {
      assertTrue(frameComes(source), "frames come");
      long before = source.ledger().delivered();
      ip("link", "del", NEAR);
      awaitInterruption(source);
      poll(source, TimeUnit.MILLISECONDS.toNanos(1500)); // it looks, and there is no interface
      assertEquals(0, addPair());

      assertTrue(frameComes(source), "frames come again");
      assertTrue(source.ledger().delivered() > before, "the ledger goes on");
      assertEquals(source.ledger().offered(), source.ledger().delivered());
    }
  }

  @Test
  @DisplayName("without the privilege by then, an interface that is back is an error, not a wait")
  void mayNotOpenAgain() throws Exception {
    try (RingSource source = open()) {
      ip("link", "del", NEAR);
      awaitInterruption(source);
      assertEquals(0, addPair());

      try (ThreadPrivileges without = ThreadPrivileges.dropNetRaw()) {
        assertThrows(CapturePermissionException.class, () -> frameComes(source), without::toString);
      }
    }
  }

  private static RingSource open() throws IOException {
    return RingSource.open(List.of(NEAR), 1, RingSettings.defaults().withRing(1 << 16, 4)).get(0);
  }

  private static void awaitInterruption(RingSource source) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (source.ledger().interruptions() == 0 && System.nanoTime() < end) {
      source.poll((buffer, offset, captured, wire, time, linkType, tag) -> {}, 32);
    }
    assertEquals(1, source.ledger().interruptions());
  }

  /** Makes the far end send frames, and waits for one. */
  private static boolean frameComes(RingSource source) throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      ip("link", "set", FAR, "down");
      ip("link", "set", FAR, "up"); // it announces itself to its IPv6 neighbours
      if (poll(source, TimeUnit.MILLISECONDS.toNanos(1500)) > 0) {
        return true;
      }
    }
    return false;
  }

  private static int poll(RingSource source, long nanos) throws IOException {
    int frames = 0;
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end && frames == 0) {
      frames += source.poll((buffer, offset, captured, wire, time, linkType, tag) -> {}, 32);
    }
    return frames;
  }

  private static int addPair() throws Exception {
    int made = ip("link", "add", NEAR, "type", "veth", "peer", "name", FAR);
    ip("link", "set", NEAR, "up");
    ip("link", "set", FAR, "up");
    return made;
  }

  private static int ip(String... words) throws Exception {
    String[] command = new String[words.length + 1];
    command[0] = "ip";
    System.arraycopy(words, 0, command, 1, words.length);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS), "ip ends");
    return process.exitValue();
  }
}
