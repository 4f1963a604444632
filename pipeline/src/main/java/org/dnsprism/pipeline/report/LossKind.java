// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import org.jspecify.annotations.Nullable;

/** The causes of loss that records name, in words. */
enum LossKind {
  KERNEL("kernel", true, "frames dropped by the kernel"),
  RING("ring", true, "frames dropped by a full ring"),
  SHED("shed", true, "frames of clients left out under load"),
  UNDECODABLE("undecodable", true, "frames not decoded"),
  SNAPPED_FRAMES("snapped_frames", true, "frames captured only in part"),
  FRAGMENTS("fragments", true, "fragments of incomplete datagrams"),
  REASSEMBLY("reassembly", true, "gaps in streams and limits reached"),
  EVICTED_FLOWS("evicted_flows", true, "flows cut short by a full flow table"),
  UNINSPECTED_FLOWS("uninspected_flows", true, "flows not parsed, too many at once"),
  UNESTIMATED_FLOWS("unestimated_flows", true, "queries not estimated, too many flows at once"),
  QUERIES_EVICTED("queries_evicted", true, "open queries given up by a full table"),
  DECRYPTIONS_SKIPPED("decryptions_skipped", true, "QUIC Initials not opened, too many at once"),
  LATE("late", false, "frames counted in a later window"),
  CELLS_FOLDED("cells_folded", false, "servers counted together with others"),
  COPIES_UNCHECKED("copies_unchecked", false, "packets that were not checked against copies");

  private final String label;
  private final boolean lost;
  private final String words;

  LossKind(String label, boolean lost, String words) {
    this.label = label;
    this.lost = lost;
    this.words = words;
  }

  /** The name in records. */
  String label() {
    return label;
  }

  /**
   * Whether something was not counted at all, as opposed to in another place. Causes that this
   * program does not know count as loss.
   */
  static boolean lost(String label) {
    LossKind kind = of(label);
    return kind == null || kind.lost;
  }

  /** What a cause means; an unknown one is shown as the record names it. */
  static String words(String label) {
    LossKind kind = of(label);
    return kind == null ? label : kind.words;
  }

  private static @Nullable LossKind of(String label) {
    for (LossKind kind : values()) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    return null;
  }
}
