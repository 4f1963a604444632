// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

/** The causes of loss that records name, in words. */
enum LossKind {
  KERNEL("kernel", "frames dropped by the kernel"),
  RING("ring", "frames dropped by a full ring"),
  UNDECODABLE("undecodable", "frames that could not be decoded"),
  SNAPPED_FRAMES("snapped_frames", "frames captured only in part"),
  FRAGMENTS("fragments", "IP fragments whose datagram stayed incomplete"),
  REASSEMBLY("reassembly", "gaps and limits hit while streams were put together"),
  EVICTED_FLOWS("evicted_flows", "flows ended early because the flow table was full"),
  UNINSPECTED_FLOWS("uninspected_flows", "flows not parsed because too many others were"),
  QUERIES_EVICTED("queries_evicted", "open queries given up because their table was full"),
  DECRYPTIONS_SKIPPED("decryptions_skipped", "QUIC Initials not opened for lack of budget"),
  LATE("late", "frames counted in a later window than their own"),
  CELLS_FOLDED("cells_folded", "servers counted together with others in their window");

  private final String label;
  private final String words;

  LossKind(String label, String words) {
    this.label = label;
    this.words = words;
  }

  /** What a cause means; an unknown one is shown as the record names it. */
  static String words(String label) {
    for (LossKind kind : values()) {
      if (kind.label.equals(label)) {
        return kind.words;
      }
    }
    return label;
  }
}
