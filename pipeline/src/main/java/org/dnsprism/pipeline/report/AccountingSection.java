// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.Map;
import java.util.StringJoiner;
import org.dnsprism.pipeline.record.CaptureLedger;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.terminal.Column;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Table;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;

/** Whether everything was counted: what was lost, and whether the sums agree. */
final class AccountingSection {
  private static final double MIRROR_HALF_DEAF = 0.5;

  private final WindowRecord whole;
  private final Page page;
  private final Glyphs glyphs;

  private AccountingSection(WindowRecord whole, Page page) {
    this.whole = whole;
    this.page = page;
    this.glyphs = page.glyphs();
  }

  static void write(SummaryRecord summary, Page page) {
    new AccountingSection(summary.whole(), page).write();
  }

  private void write() {
    page.heading("Accounting", "");
    if (whole.frames() == 0) {
      page.paragraph(Text.of("There was no packet to count.", Tone.CAUTION));
      return;
    }
    writeLoss();
    writeFrames();
    writeFlows();
    writeCoverage();
  }

  /** Whether anything of the traffic was not counted. */
  static boolean lossless(WindowRecord whole) {
    return whole.loss().entrySet().stream()
        .noneMatch(cause -> cause.getValue() > 0 && LossKind.lost(cause.getKey()));
  }

  private void writeLoss() {
    if (lossless(whole)) {
      page.item(
          mark(true),
          Text.of("Nothing was lost", Tone.GOOD)
              .plus(": every frame was decoded, every flow followed to its end."));
    } else {
      page.item(mark(false), Text.of("Not everything could be counted.", Tone.CAUTION));
    }
    Table table = new Table(Column.right("count", 0), Column.left("of what", 0));
    whole.loss().forEach((label, count) -> addLoss(table, label, count));
    if (!table.isEmpty()) {
      page.table(table);
    }
  }

  private void addLoss(Table table, String label, long count) {
    if (count > 0) {
      Tone tone = LossKind.lost(label) ? Tone.CAUTION : Tone.PLAIN;
      table.row(Text.of(Figures.count(count), tone), Text.of(glyphs.name(LossKind.words(label))));
    }
    if (label.equals(LossKind.UNDECODABLE.label())) {
      whole
          .undecodable()
          .forEach(
              (cause, frames) ->
                  table.row(
                      Text.of(Figures.count(frames), Tone.FAINT),
                      Text.of("of these " + glyphs.name(cause), Tone.FAINT)));
    }
  }

  private String list(Map<String, Long> counts) {
    StringJoiner list = new StringJoiner(", ");
    counts.forEach(
        (label, count) -> {
          if (count > 0) {
            list.add(glyphs.name(label) + "\u00a0" + Figures.count(count));
          }
        });
    return list.toString();
  }

  private void writeFrames() {
    long undecodable = whole.undecodable().values().stream().mapToLong(Long::longValue).sum();
    long shed = whole.loss().getOrDefault(LossKind.SHED.label(), 0L);
    long apart = whole.duplicates() + shed;
    long rest = whole.frames() - whole.dnsFrames() - whole.otherFrames() - undecodable - apart;
    Text sum =
        Text.of(Figures.count(whole.frames(), "frame", "frames") + " = ")
            .plus(Figures.count(whole.dnsFrames()) + "\u00a0DNS + ")
            .plus(Figures.count(whole.otherFrames()) + "\u00a0other + ")
            .plus(Figures.count(undecodable) + "\u00a0undecodable")
            .plus(addend(whole.duplicates(), "copies"))
            .plus(addend(shed, "left out"));
    Text error = Text.of("; off by " + Figures.count(Math.abs(rest)), Tone.ALARM);
    page.item(mark(rest == 0), rest == 0 ? sum : sum.plus(error));
  }

  private static String addend(long count, String what) {
    return count == 0 ? "" : " + " + Figures.count(count) + "\u00a0" + what;
  }

  private void writeFlows() {
    long closed = whole.flowsClosed().values().stream().mapToLong(Long::longValue).sum();
    long open = whole.flowsOpened() - closed;
    Text opened = Text.of(Figures.count(whole.flowsOpened(), "flow", "flows") + " opened = ");
    Text ended = Text.of(Figures.count(closed) + "\u00a0ended");
    Text reasons = closed == 0 ? Text.EMPTY : Text.of(" (" + list(whole.flowsClosed()) + ")");
    Text rest =
        open >= 0
            ? Text.of(" + " + Figures.count(open) + "\u00a0open")
            : Text.of("; off by " + Figures.count(-open), Tone.ALARM);
    page.item(mark(open >= 0), opened.plus(ended).plus(reasons).plus(rest));
  }

  private Text mark(boolean good) {
    return good ? Text.of(glyphs.tick(), Tone.GOOD) : Text.of(glyphs.cross(), Tone.ALARM);
  }

  private void writeCoverage() {
    CaptureLedger capture = whole.capture();
    if (capture != null && capture.freezes() > 0) {
      page.paragraph(
          Text.of("A ring was full " + Figures.count(capture.freezes(), "time", "times"))
              .plus("; --ring makes them larger."));
    }
    if (capture != null && capture.interruptions() > 0) {
      page.paragraph(
          Text.of(
              "An interface went away "
                  + Figures.count(capture.interruptions(), "time", "times")
                  + "."));
    }
    if (whole.midstreamFlows() > 0) {
      page.paragraph(
          Text.of(Figures.count(whole.midstreamFlows(), "DNS flow", "DNS flows"))
              .plus(" began before the capture did."));
    }
    Double oneWay = whole.oneWayShare();
    if (oneWay != null && oneWay > 0) {
      boolean halfDeaf = oneWay > MIRROR_HALF_DEAF;
      page.paragraph(
          Text.of(Figures.percent(oneWay), halfDeaf ? Tone.CAUTION : Tone.PLAIN)
              .plus(" of DNS flows were seen in one direction only")
              .plus(halfDeaf ? "; does the mirror pass both?" : "."));
    }
    if (whole.duplicates() > 0) {
      page.paragraph(
          Text.of(Figures.count(whole.duplicates(), "copy", "copies") + " of frames left out."));
    }
  }
}
