// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import org.dnsprism.pipeline.record.SummaryRecord;

/** Stub. */
public final class TerminalReport {
  private TerminalReport() {}

  /** Stub. */
  public static String render(SummaryRecord summary, ReportStyle style) {
    return summary + "\n" + style + "\n";
  }
}
