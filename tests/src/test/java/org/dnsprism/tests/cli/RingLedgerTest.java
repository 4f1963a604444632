// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.CaptureLedger;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rings that are too small, on an interface whose frames the kernel counts too. */
class RingLedgerTest {
  private static final int WORKERS = 2;

  private Namespace network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = Namespace.open();
  }

  @AfterEach
  void removeNetwork() {
    if (network != null) {
      network.close();
    }
  }

  @Test
  @DisplayName("frames in the windows + frames dropped = frames sent, to the last one")
  void everyFrameIsAccountedFor() throws Exception {
    Program.Running running =
        network.start(
            "live",
            "-i",
            Namespace.FAR,
            "--json",
            "--quiet",
            "--flows",
            "none",
            "--window",
            "1s",
            "--ring",
            "2",
            "--threads",
            String.valueOf(WORKERS));
    network.awaitPacketSockets(WORKERS);
    running.signal("STOP"); // nobody reads the rings, so that they overflow
    for (String capture : List.of("doh-chromium.pcapng", "dot-dnsperf.pcapng")) {
      String file = LabCaptures.path(capture).toString();
      network.run("tcpreplay", "--topspeed", "--loop=60", "-i", Namespace.NEAR, file);
    }
    running.signal("CONT");
    running.signal("TERM");
    Program program = running.finish();

    assertEquals(0, program.exitCode(), program.err());
    long sent = network.received();
    List<WindowRecord> windows = only(program, WindowRecord.class);
    CaptureLedger run = ledger(only(program, SummaryRecord.class).get(0).whole());
    long dropped = sum(windows, window -> loss(window, "ring"));
    assertTrue(dropped > 0, "frames were dropped");
    assertEquals(sent, sum(windows, WindowRecord::frames) + dropped);
    assertEquals(sent, sum(windows, window -> ledger(window).offered()));
    assertEquals(sent, run.offered());
    assertEquals(sent - dropped, run.delivered());
    assertEquals(dropped, run.dropped());
    assertEquals(0, run.waiting());
    assertTrue(run.freezes() > 0, "rings were full");
    assertEquals(0, run.interruptions());
    assertEquals(WORKERS, run.workers().size());
    assertEquals(sent, run.workers().stream().mapToLong(CaptureLedger.Worker::offered).sum());
    assertContinuous(windows);
    windows.forEach(RingLedgerTest::assertFramesAddUp);
  }

  /** Law 2, and that the factor is what was left out. */
  private static void assertFramesAddUp(WindowRecord window) {
    long shed = loss(window, "shed");
    long counted = window.dnsFrames() + window.otherFrames() + loss(window, "undecodable");
    assertEquals(window.frames(), counted + window.duplicates() + shed);
    double factor = shed == 0 ? 1 : window.frames() / (double) (window.frames() - shed);
    assertEquals(factor, window.samplingFactor(), 1e-9);
  }

  private static long loss(WindowRecord window, String cause) {
    return window.loss().getOrDefault(cause, -1L);
  }

  /** What waited and what was offered is what was delivered, dropped, and waits. */
  private static void assertContinuous(List<WindowRecord> windows) {
    long waiting = 0;
    for (WindowRecord window : windows) {
      CaptureLedger ledger = ledger(window);
      assertEquals(
          waiting + ledger.offered(), ledger.delivered() + ledger.dropped() + ledger.waiting());
      waiting = ledger.waiting();
    }
    assertEquals(0, waiting);
  }

  private static CaptureLedger ledger(WindowRecord window) {
    return Objects.requireNonNull(window.capture(), "capture");
  }

  private static long sum(List<WindowRecord> windows, ToLongFunction<WindowRecord> what) {
    return windows.stream().mapToLong(what).sum();
  }

  private static <T extends Body> List<T> only(Program program, Class<T> type) {
    return program
        .out()
        .lines()
        .map(line -> JsonCodec.decode(line.getBytes(StandardCharsets.UTF_8)).body())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
