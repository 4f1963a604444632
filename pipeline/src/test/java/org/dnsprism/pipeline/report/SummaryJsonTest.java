// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.Head;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.junit.jupiter.api.Test;

/** The report can be written from a stored summary as well as from a run. */
class SummaryJsonTest {
  private final SummaryRecord summary = Traffic.evening().summary();
  private final byte[] json =
      JsonCodec.encode(new Envelope(new Head("summary", Head.SCHEMA, "agent", "run", 0), summary));

  @Test
  void whatTheReportNeedsIsNamedInSnakeCase() {
    String text = new String(json, StandardCharsets.UTF_8);
    assertTrue(text.contains("\"operators_seen\":4"), text);
    assertTrue(text.contains("\"encrypted_band\":{\"certain\":0.352,\"with_suspected\":0.3915}"));
    assertTrue(
        text.contains("{\"country\":\"US\",\"flows\":4500,\"bytes\":30000000,\"operators\":2}"));
    assertTrue(text.contains("\"transports\":{\"do53-udp\":2000,\"dot\":2000}"));
  }

  @Test
  void storedSummaryGivesTheSameReport() {
    SummaryRecord stored = (SummaryRecord) JsonCodec.decode(json).body();
    ReportStyle style = new ReportStyle(100, true, true);
    assertEquals(TerminalReport.render(summary, style), TerminalReport.render(stored, style));
  }
}
