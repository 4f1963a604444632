// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.record.WindowRecord.TransportSums;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What must be true of the numbers of every capture, however broken it is. */
class AccountingLawsTest {
  @TestFactory
  Stream<DynamicTest> lawsHold() {
    return SharedCaptures.all().stream()
        .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> check(path)));
  }

  private static void check(Path capture) throws Exception {
    RunOfCapture one = RunOfCapture.of(capture, 1);
    if (one.failure() != null) {
      assertInstanceOf(IOException.class, one.failure());
    }
    if (one.summaries().isEmpty()) {
      return;
    }
    WindowRecord whole = one.summaries().get(0).whole();
    for (WindowRecord window : one.windows()) {
      checkFrames(window);
    }
    checkFrames(whole);
    checkWindowsAddUp(one.windows(), whole);
    checkFlows(one, whole);
    RunOfCapture two = RunOfCapture.of(capture, 2);
    assertArrayEquals(one.json(), two.json(), "records depend on the number of threads");
  }

  /** Law 2: frames seen = DNS + other + undecodable + copies. */
  private static void checkFrames(WindowRecord window) {
    long undecodable = sum(window.undecodable());
    assertEquals(
        window.frames(),
        window.dnsFrames()
            + window.otherFrames()
            + undecodable
            + window.duplicates()
            + window.loss().getOrDefault("shed", 0L),
        "frames");
    assertEquals(undecodable, window.loss().get("undecodable"), "undecodable");
  }

  /** Law 3: the windows' sums are the run's. */
  private static void checkWindowsAddUp(List<WindowRecord> windows, WindowRecord whole) {
    same(windows, whole, WindowRecord::frames);
    same(windows, whole, WindowRecord::bytes);
    same(windows, whole, WindowRecord::dnsFrames);
    same(windows, whole, WindowRecord::otherFrames);
    same(windows, whole, WindowRecord::flowsOpened);
    same(windows, whole, window -> sum(window.flowsClosed()));
    same(windows, whole, window -> sum(window.loss()));
    for (String label : whole.transports().keySet()) {
      same(windows, whole, window -> sums(window, label).flows());
      same(windows, whole, window -> sums(window, label).packets());
      same(windows, whole, window -> sums(window, label).bytes());
      same(windows, whole, window -> sums(window, label).queries());
      same(windows, whole, window -> sums(window, label).responses());
    }
  }

  /** Law 4: at the end of a run every flow that was opened has been closed, and has a record. */
  private static void checkFlows(RunOfCapture run, WindowRecord whole) {
    assertEquals(whole.flowsOpened(), sum(whole.flowsClosed()), "flows opened and closed");
    assertEquals(whole.flowsOpened(), run.flows().size(), "flow records");
    Map<String, Long> flows =
        run.flows().stream()
            .collect(Collectors.groupingBy(FlowRecord::transport, Collectors.counting()));
    whole
        .transports()
        .forEach((label, sums) -> assertEquals(flows.getOrDefault(label, 0L), sums.flows(), label));
    assertEquals(
        run.flows().stream().mapToLong(flow -> flow.clientPackets() + flow.serverPackets()).sum(),
        whole.transports().values().stream().mapToLong(TransportSums::packets).sum(),
        "packets");
    assertEquals(
        run.flows().stream().mapToLong(flow -> flow.clientBytes() + flow.serverBytes()).sum(),
        whole.transports().values().stream().mapToLong(TransportSums::bytes).sum(),
        "bytes");
    long statsFlows = run.stats().stream().mapToLong(cell -> cell.flows()).sum();
    long dnsFlows = run.flows().stream().filter(flow -> !flow.transport().equals("other")).count();
    assertEquals(dnsFlows, statsFlows, "flows in cells");
  }

  private static void same(
      List<WindowRecord> windows, WindowRecord whole, ToLongFunction<WindowRecord> what) {
    assertEquals(what.applyAsLong(whole), windows.stream().mapToLong(what).sum());
  }

  private static TransportSums sums(WindowRecord window, String label) {
    return window.transports().getOrDefault(label, new TransportSums(0, 0, 0, 0, 0, null, null));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
