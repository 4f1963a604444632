// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.List;
import org.dnsprism.pipeline.record.SummaryRecord;

/**
 * The summary of a run as a page for a terminal. It says nothing that the record does not say, and
 * depends on nothing but the record and the style.
 */
public final class TerminalReport {
  private static final List<Section> SECTIONS =
      List.of(
          HeadSection::write,
          HeadlineSection::write,
          TransportSection::write,
          EncryptionSection::write,
          OperatorSection::write,
          CountrySection::write,
          ConcentrationSection::write,
          LatencySection::write,
          SignalSection::write,
          AccountingSection::write,
          EndpointListSection::write);

  private TerminalReport() {}

  /** A part of the report; one that has nothing to say writes nothing. */
  private interface Section {
    void write(SummaryRecord summary, Page page);
  }

  /**
   * Writes the report.
   *
   * @return lines, each with a line feed, without spaces at their ends
   */
  public static String render(SummaryRecord summary, ReportStyle style) {
    Page page = new Page(style);
    SECTIONS.forEach(section -> section.write(summary, page));
    return page.toString();
  }
}
