// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountingSectionTest {
  private final Traffic traffic = Traffic.evening();

  @Test
  void cleanRunSaysThatNothingWasLost() {
    String text = report();
    assertTrue(text.contains("✓ Nothing was lost"));
    assertTrue(text.contains("nothing lost"));
    assertFalse(text.contains("✗"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel",
        "ring",
        "undecodable",
        "evicted_flows",
        "reassembly",
        "fragments",
        "snapped_frames",
        "uninspected_flows",
        "queries_evicted",
        "decryptions_skipped",
        "a_cause_of_next_year"
      })
  void anyLossIsSaid(String cause) {
    traffic.loss.put(cause, 1234L);
    String text = report();
    assertTrue(text.contains("✗ Not everything could be counted."));
    assertTrue(text.contains("  1,234  "));
    assertTrue(text.contains("not everything counted"));
    assertFalse(text.contains("Nothing was lost"));
    assertFalse(text.contains("nothing lost"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"late", "cells_folded"})
  void whatIsCountedElsewhereIsNoLoss(String cause) {
    traffic.loss.put(cause, 1234L);
    String text = report();
    assertTrue(text.contains("✓ Nothing was lost"));
    assertTrue(text.contains("  1,234  "));
  }

  @Test
  void undecodableFramesAreToldByCause() {
    traffic.loss.put("undecodable", 30L);
    traffic.undecodable.put("link_type", 20L);
    traffic.undecodable.put("short", 10L);
    traffic.otherFrames -= 30;
    String text = report();
    assertTrue(text.contains("     30  frames not decoded"));
    assertTrue(text.contains("     20  of these link_type"));
    assertTrue(text.contains("     10  of these short"));
    assertTrue(
        text.contains("✓ 1,234,567 frames = 200,000 DNS + 1,034,537 other + 30 undecodable"));
  }

  @Test
  void framesThatDoNotAddUpAreSaid() {
    traffic.otherFrames -= 7;
    assertTrue(report().contains("+ 0 undecodable; off by 7"));
  }

  @Test
  void moreFlowsEndedThanOpenedIsWrong() {
    traffic.flowsOpened -= 3;
    assertTrue(report().contains("✗ 25,062 flows opened = 25,065 ended"));
    assertTrue(report().contains("; off by 3"));
  }

  @Test
  void openFlowsAreCounted() {
    traffic.flowsOpened += 5;
    assertTrue(report().contains("✓ 25,070 flows opened = 25,065 ended"));
    assertTrue(report().contains("+ 5 open"));
  }

  @Test
  void halfDeafMirrorIsSuspected() {
    traffic.oneWay = 0.75;
    assertTrue(report().contains("75.0 % of DNS flows were seen in one direction only; does"));
  }

  private String report() {
    return TerminalReport.render(traffic.summary(), new ReportStyle(120, false, true));
  }
}
