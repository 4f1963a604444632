// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.pipeline.window.WindowTotals.Count;

/** Counts queries of resolver traffic in the clear by what they ask for and how. */
final class MessageCounts {
  private static final int IXFR = 251;
  private static final int AXFR = 252;

  private MessageCounts() {}

  /** Counts a query; responses are left out. */
  static void add(DnsMessage message, WindowTotals totals) {
    if (message.response()) {
      return;
    }
    totals.add(opcode(message.opcode()), 1);
    if (message.questionCount() != 1) {
      totals.add(message.questionCount() == 0 ? Count.NO_QUESTION : Count.MANY_QUESTIONS, 1);
    }
    switch (message.qtype()) {
      case AXFR -> totals.add(Count.AXFR, 1);
      case IXFR -> totals.add(Count.IXFR, 1);
      default -> {}
    }
    if (message.edns()) {
      totals.add(Count.EDNS, 1);
      totals.add(Count.DO_BIT, message.dnssecOk() ? 1 : 0);
      totals.add(Count.CLIENT_SUBNET, message.clientSubnet() ? 1 : 0);
      totals.add(Count.COOKIE, message.cookie() ? 1 : 0);
      totals.add(Count.PADDING, message.paddingLength() >= 0 ? 1 : 0);
    }
  }

  /** IANA, DNS OpCodes; others are no DNS messages. */
  private static Count opcode(int opcode) {
    return switch (opcode) {
      case 1 -> Count.OPCODE_IQUERY;
      case 2 -> Count.OPCODE_STATUS;
      case 4 -> Count.OPCODE_NOTIFY;
      case 5 -> Count.OPCODE_UPDATE;
      case 6 -> Count.OPCODE_DSO;
      default -> Count.OPCODE_QUERY;
    };
  }

  /** What was counted, by name. */
  static Map<String, Long> of(WindowTotals totals) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("query", totals.get(Count.OPCODE_QUERY));
    counts.put("iquery", totals.get(Count.OPCODE_IQUERY));
    counts.put("status", totals.get(Count.OPCODE_STATUS));
    counts.put("notify", totals.get(Count.OPCODE_NOTIFY));
    counts.put("update", totals.get(Count.OPCODE_UPDATE));
    counts.put("dso", totals.get(Count.OPCODE_DSO));
    counts.put("axfr", totals.get(Count.AXFR));
    counts.put("ixfr", totals.get(Count.IXFR));
    counts.put("edns", totals.get(Count.EDNS));
    counts.put("do_bit", totals.get(Count.DO_BIT));
    counts.put("ecs", totals.get(Count.CLIENT_SUBNET));
    counts.put("cookie", totals.get(Count.COOKIE));
    counts.put("padding", totals.get(Count.PADDING));
    counts.put("no_question", totals.get(Count.NO_QUESTION));
    counts.put("many_questions", totals.get(Count.MANY_QUESTIONS));
    counts.put("malformed", totals.get(Count.MALFORMED));
    return counts;
  }
}
