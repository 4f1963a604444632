// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import org.junit.jupiter.api.Test;

class TerminalReportTest {
  @Test
  void show() {
    for (int w : new int[] {100, 60, 140}) {
      System.out.println(
          TerminalReport.render(Traffic.evening().summary(), new ReportStyle(w, true, true)));
    }
    System.out.println(
        TerminalReport.render(Traffic.evening().summary(), new ReportStyle(80, false, false)));
    System.out.println(
        TerminalReport.render(new Traffic().summary(), new ReportStyle(80, false, true)));
  }
}
