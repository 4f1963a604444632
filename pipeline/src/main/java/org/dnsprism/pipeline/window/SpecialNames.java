// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.pipeline.window.WindowTotals.Count;

/** Counts the queries and answers that announce, forbid or discover encrypted DNS. */
final class SpecialNames {
  private static final byte[] FIREFOX_CANARY = ascii("use-application-dns.net");
  private static final byte[] RELAY = ascii("mask.icloud.com");
  private static final byte[] RELAY_H2 = ascii("mask-h2.icloud.com");
  private static final byte[] DESIGNATED = ascii("_dns.resolver.arpa");
  private static final byte[] RESOLVERS = ascii("resolver.arpa");
  private static final int TYPE_SVCB = 64;
  private static final int NXDOMAIN = 3;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  void count(DnsMessage message, WindowTotals totals) {
    if (message.response()) {
      totals.add(Count.SVCB_ANSWERS, message.serviceBinding() ? 1 : 0);
      // RFC 1035 NXDOMAIN, or no record: Firefox then leaves DoH off unless its user chose it
      if (message.nameLength() == FIREFOX_CANARY.length
          && message.answerCount() == 0
          && (message.rcode() == NXDOMAIN || message.rcode() == 0)
          && !message.truncated()) {
        countIf(message, FIREFOX_CANARY, Count.CANARY_BLOCKED, totals);
      }
      return;
    }
    if (belowResolvers(message.nameBytes(), message.nameLength())) {
      totals.add(Count.CANARY_RESOLVERS, 1);
    }
    switch (message.nameLength()) {
      case 23 -> countIf(message, FIREFOX_CANARY, Count.CANARY_FIREFOX, totals);
      case 15 -> countIf(message, RELAY, Count.CANARY_RELAY, totals);
      case 18 -> {
        countIf(message, RELAY_H2, Count.CANARY_RELAY_H2, totals);
        if (message.qtype() == TYPE_SVCB) {
          countIf(message, DESIGNATED, Count.DDR_QUERIES, totals);
        }
      }
      default -> {}
    }
  }

  /** Whether a name is in the zone by which clients ask a resolver about itself (RFC 9462). */
  private static boolean belowResolvers(byte[] name, int length) {
    int from = length - RESOLVERS.length;
    return from >= 0
        && name[from] == 'r'
        && (from == 0 || name[from - 1] == '.')
        && Arrays.equals(name, from, length, RESOLVERS, 0, RESOLVERS.length);
  }

  private static void countIf(DnsMessage message, byte[] name, Count count, WindowTotals totals) {
    if (message.nameIs(name)) {
      totals.add(count, 1);
    }
  }
}
