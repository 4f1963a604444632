// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.SummaryRecord.ShareBand;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.terminal.Bar;
import org.dnsprism.pipeline.terminal.Bar.Part;
import org.dnsprism.pipeline.terminal.Bar.Texture;
import org.dnsprism.pipeline.terminal.Glyphs;
import org.dnsprism.pipeline.terminal.Text;
import org.dnsprism.pipeline.terminal.Tone;

/** How much is encrypted, and between what bounds. */
final class EncryptionSection {
  private static final Tone ENCRYPTED = TransportTone.of(Transport.DOH);
  private static final Tone SUSPECTED = TransportTone.of(Transport.SUSPECTED);
  private static final Tone CLEAR = TransportTone.of(Transport.DO53_UDP);

  private EncryptionSection() {}

  static void write(SummaryRecord summary, Page page) {
    Double share = summary.whole().encryptedShare().flows();
    if (share == null && summary.whole().suspectedFlows() == 0) {
      return;
    }
    Glyphs glyphs = page.glyphs();
    page.heading("Encrypted", legend(glyphs));
    Text figure = Text.of(Figures.percent(share, glyphs) + "  ", Tone.STRONG);
    page.line(figure.plus(bar(summary, page.room() - figure.width(), glyphs)));
    page.paragraph(words(summary, glyphs));
    page.paragraph(band(summary, glyphs));
    writeConfidence(summary, page);
    writeHidden(summary, page);
    Double own = summary.whole().ownResolverShare();
    if (own != null) {
      page.paragraph(
          Text.of("The network's own resolvers take ")
              .plus(Figures.percent(own), Tone.STRONG)
              .plus(" of flows."));
    }
  }

  private static Text legend(Glyphs glyphs) {
    return Text.of(glyphs.texture(Texture.FULL), ENCRYPTED)
        .plus(" encrypted ", Tone.FAINT)
        .plus(glyphs.texture(Texture.MEDIUM), SUSPECTED)
        .plus(" suspected ", Tone.FAINT)
        .plus(glyphs.texture(Texture.LIGHT), CLEAR)
        .plus(" readable", Tone.FAINT);
  }

  private static Text bar(SummaryRecord summary, int columns, Glyphs glyphs) {
    long encrypted = ResolverTraffic.encryptedFlows(summary);
    long suspected = summary.whole().suspectedFlows();
    long clear = ResolverTraffic.all(summary).flows() - encrypted;
    double sum = (double) encrypted + suspected + clear;
    Bar bar =
        new Bar(
            List.of(
                new Part(encrypted / sum, ENCRYPTED, Texture.FULL),
                new Part(suspected / sum, SUSPECTED, Texture.MEDIUM),
                new Part(clear / sum, CLEAR, Texture.LIGHT)));
    return bar.within(columns, glyphs);
  }

  private static Text words(SummaryRecord summary, Glyphs glyphs) {
    long flows = ResolverTraffic.all(summary).flows();
    String bytes = Figures.percent(summary.whole().encryptedShare().bytes(), glyphs);
    return Text.of(Figures.count(ResolverTraffic.encryptedFlows(summary)), ENCRYPTED)
        .plus(" of " + Figures.count(flows, "flow", "flows") + " between clients and resolvers ")
        .plus("are encrypted; they hold " + bytes + " of the bytes.");
  }

  private static Text band(SummaryRecord summary, Glyphs glyphs) {
    ShareBand band = summary.encryptedBand();
    long suspected = summary.whole().suspectedFlows();
    Text certain =
        Text.of("With certain verdicts alone it is ")
            .plus(Figures.percent(band.certain(), glyphs), Tone.STRONG);
    return suspected == 0
        ? certain.plus("; no flow is merely suspected.")
        : certain
            .plus("; with " + Figures.count(suspected, "suspected flow", "suspected flows") + ", ")
            .plus(Figures.percent(band.withSuspected(), glyphs), Tone.STRONG)
            .plus(".");
  }

  private static void writeConfidence(SummaryRecord summary, Page page) {
    long encrypted = ResolverTraffic.encryptedFlows(summary);
    StringJoiner levels = new StringJoiner(", ");
    for (int i = Confidence.values().length - 1; i >= 0; i--) {
      String level = Confidence.values()[i].label();
      long flows = encryptedFlows(summary.confidence(), level);
      if (flows > 0) {
        levels.add(level + "\u00a0" + Figures.percent(flows, encrypted, page.glyphs()));
      }
    }
    if (levels.length() > 0) {
      page.paragraph(Text.of("How sure the encrypted verdicts are: " + levels + "."));
    }
  }

  private static long encryptedFlows(Map<String, Map<String, Long>> confidence, String level) {
    long flows = 0;
    for (Transport transport : Transport.values()) {
      if (transport.encrypted()) {
        flows += confidence.getOrDefault(transport.label(), Map.of()).getOrDefault(level, 0L);
      }
    }
    return flows;
  }

  private static void writeHidden(SummaryRecord summary, Page page) {
    WindowRecord whole = summary.whole();
    if (whole.unobservableFlows() > 0) {
      page.paragraph(
          Text.of(Figures.count(whole.unobservableFlows(), "flow", "flows"), SUSPECTED)
              .plus(" hide the server (ECH or a relay), so it cannot tell what they are."));
    }
  }
}
