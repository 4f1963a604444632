// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import org.dnsprism.classifier.flow.FlowView;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.pipeline.window.WindowTotals.Count;
import org.jspecify.annotations.Nullable;

/** The versions of QUIC (RFC 9000, RFC 9369, and before) in words and in counts. */
final class QuicVersions {
  private static final int V1 = 1;
  private static final int V2 = 0x6b3343cf;
  private static final int DRAFTS = 0xff0000;

  private QuicVersions() {}

  /** The version as in records, or null for 0. */
  static @Nullable String text(int version) {
    return switch (version) {
      case 0 -> null;
      case V1 -> "1";
      case V2 -> "2";
      default -> rareText(version);
    };
  }

  private static String rareText(int version) {
    if (isDraft(version)) {
      return "draft-" + (version & 0xff);
    }
    return isGoogle(version) ? characters(version) : "0x%08x".formatted(version);
  }

  /** Adds a flow to the count of its version, if it is QUIC. */
  static void count(FlowView flow, WindowTotals totals) {
    if (Evidence.QUIC.in(flow.evidence()) || Evidence.GQUIC.in(flow.evidence())) {
      totals.add(kind(flow.quicVersion()), 1);
    }
  }

  private static Count kind(int version) {
    if (isDraft(version)) {
      return Count.QUIC_DRAFTS;
    }
    return switch (version) {
      case V1 -> Count.QUIC_V1;
      case V2 -> Count.QUIC_V2;
      default -> isGoogle(version) ? Count.QUIC_GOOGLE : Count.QUIC_OTHER;
    };
  }

  private static boolean isDraft(int version) {
    return version >>> 8 == DRAFTS;
  }

  private static boolean isGoogle(int version) {
    int family = version >>> 24;
    return (family == 'Q' || family == 'T') && (version >>> 16 & 0xff) == '0';
  }

  private static String characters(int version) {
    StringBuilder text = new StringBuilder(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      text.append((char) (version >>> shift & 0xff));
    }
    return text.toString();
  }
}
