// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.SummaryRecord.ShareBand;
import org.jspecify.annotations.Nullable;

/** How sure the verdicts on the flows of a run are, and what that does to the encrypted share. */
final class VerdictSums {
  private final Map<Transport, long[]> flows = new TreeMap<>();

  VerdictSums(Collection<Cell> cells) {
    for (Cell cell : cells) {
      long[] sums =
          flows.computeIfAbsent(
              cell.key().transport(), any -> new long[Confidence.values().length]);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += cell.confidence[i];
      }
    }
  }

  /** Flows by label of the transport and of the confidence, zeros left out. */
  Map<String, Map<String, Long>> byTransport() {
    Map<String, Map<String, Long>> labelled = new LinkedHashMap<>();
    flows.forEach((transport, sums) -> labelled.put(transport.label(), labelled(sums)));
    return labelled;
  }

  private static Map<String, Long> labelled(long[] sums) {
    Map<String, Long> byLabel = new LinkedHashMap<>();
    for (Confidence confidence : Confidence.values()) {
      if (sums[confidence.ordinal()] > 0) {
        byLabel.put(confidence.label(), sums[confidence.ordinal()]);
      }
    }
    return byLabel;
  }

  ShareBand encryptedBand() {
    long encrypted = 0;
    long certain = 0;
    long clear = 0;
    for (Map.Entry<Transport, long[]> entry : flows.entrySet()) {
      long all = sum(entry.getValue());
      if (entry.getKey().encrypted()) {
        encrypted += all;
        certain += entry.getValue()[Confidence.CERTAIN.ordinal()];
      } else if (entry.getKey().resolverTraffic()) {
        clear += all;
      }
    }
    long suspected = sum(flows.getOrDefault(Transport.SUSPECTED, new long[0]));
    return new ShareBand(share(certain, clear), share(encrypted + suspected, clear));
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }

  private static @Nullable Double share(long part, long rest) {
    return part + rest == 0 ? null : (double) part / (part + rest);
  }
}
