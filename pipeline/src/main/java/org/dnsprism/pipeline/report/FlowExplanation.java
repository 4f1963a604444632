// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dnsprism.classifier.verdict.Alternative;
import org.dnsprism.classifier.verdict.Alternatives;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Rule;
import org.dnsprism.classifier.verdict.Rules;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.FlowRecord.EvidenceItem;

/**
 * A flow's verdict in words: what it was taken for, how sure, on what evidence, by which rule, and
 * what would change it.
 */
public final class FlowExplanation {
  private static final String BOLD = "\u001b[1m";
  private static final String FAINT = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  /** Other verdicts told of, and conditions told of for each. */
  private static final int MOST_VERDICTS = 3;

  private static final int MOST_CONDITIONS = 3;

  private final ReportStyle style;

  /** Writes in a style. */
  public FlowExplanation(ReportStyle style) {
    this.style = style;
  }

  /** The words, on several lines, with a line break at the end. */
  public String of(FlowRecord flow) {
    StringBuilder text = new StringBuilder(600);
    text.append(mark(BOLD, flow.transport() + ", " + flow.confidence())).append("  ");
    text.append(ends(flow)).append('\n');
    line(text, "time", flow.start() + ", " + flow.end() + " (" + flow.endReason() + ")");
    if (flow.operator() != null) {
      String country = flow.operatorCountry() == null ? "" : ", " + flow.operatorCountry();
      line(text, "operator", flow.operator() + country + ", listed as " + flow.endpoint());
    }
    line(text, "traffic", traffic(flow));
    if (flow.queriesEstimated() != null) {
      String band = flow.queriesLow() + " to " + flow.queriesHigh();
      line(text, "messages", "about " + flow.queries() + " queries (" + band + "), estimated");
    } else if (flow.queries() != null) {
      line(text, "messages", flow.queries() + " queries, " + flow.responses() + " responses");
    }
    if (flow.ja4() != null) {
      line(text, "fingerprint", "JA4 " + flow.ja4());
    }
    addEvidence(text, flow);
    Rule rule = rule(flow);
    line(text, "rule", rule.name() + ": " + rule.why());
    addAlternatives(text, flow);
    return text.toString();
  }

  private void addAlternatives(StringBuilder text, FlowRecord flow) {
    Map<String, List<String>> verdicts = new LinkedHashMap<>();
    for (Alternative each : Alternatives.of(bits(flow.evidence()))) {
      String verdict = each.rule().transport().label() + ", " + each.rule().confidence().label();
      verdicts.computeIfAbsent(verdict, any -> new ArrayList<>()).add(each.words());
    }
    String head = "would change";
    for (Map.Entry<String, List<String>> each :
        verdicts.entrySet().stream().limit(MOST_VERDICTS).toList()) {
      List<String> told = each.getValue().stream().limit(MOST_CONDITIONS).toList();
      line(text, head, String.join(" or ", told) + " it would be " + each.getKey());
      head = "";
    }
  }

  private static String ends(FlowRecord flow) {
    return "%s  %s port %d -> %s port %d"
        .formatted(
            flow.protocol(),
            flow.clientIp() == null ? "(client)" : flow.clientIp(),
            flow.clientPort(),
            flow.serverIp(),
            flow.serverPort());
  }

  private static String traffic(FlowRecord flow) {
    return String.format(
        Locale.ROOT,
        "client %,d packets, %,d bytes; server %,d packets, %,d bytes",
        flow.clientPackets(),
        flow.clientBytes(),
        flow.serverPackets(),
        flow.serverBytes());
  }

  private void addEvidence(StringBuilder text, FlowRecord flow) {
    String head = "evidence";
    for (EvidenceItem item : flow.evidence()) {
      Evidence kind = kind(item.kind());
      String value = item.value() == null ? "" : ": " + item.value();
      line(text, head, kind.words() + value + mark(FAINT, "  [" + item.source() + "]"));
      head = "";
    }
  }

  private void line(StringBuilder text, String head, String value) {
    text.append(String.format(Locale.ROOT, "  %-12s ", head)).append(value).append('\n');
  }

  private String mark(String code, String words) {
    return style.color() ? code + words + PLAIN : words;
  }

  private static Evidence kind(String label) {
    return Evidence.valueOf(label.toUpperCase(Locale.ROOT));
  }

  private static Rule rule(FlowRecord flow) {
    return Rules.decide(bits(flow.evidence()));
  }

  private static long bits(List<EvidenceItem> items) {
    long bits = 0;
    for (EvidenceItem item : items) {
      bits |= kind(item.kind()).bit();
    }
    return bits;
  }
}
