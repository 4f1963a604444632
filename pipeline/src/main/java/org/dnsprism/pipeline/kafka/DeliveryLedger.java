// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.dnsprism.pipeline.record.Delivery;
import org.dnsprism.pipeline.spool.Discard;
import org.dnsprism.pipeline.spool.Source;

/**
 * Counts what becomes of this process's records. Records of earlier runs, which the spool may hold,
 * are not its business. Not thread-safe.
 */
final class DeliveryLedger {
  private final Map<Source, Counts> sources = new LinkedHashMap<>();

  /** What became of one source's records. */
  private static final class Counts {
    private long produced;
    private long acknowledged;
    private long onDisk;
    private final Map<Discard.Cause, Long> discarded = new EnumMap<>(Discard.Cause.class);
  }

  void produced(Source source) {
    sources.computeIfAbsent(source, any -> new Counts()).produced++;
  }

  void acknowledged(Source source) {
    Counts counts = sources.get(source);
    if (counts != null) {
      counts.acknowledged++;
    }
  }

  /** Records came to the disk, or left it when negative. */
  void onDisk(Source source, long records) {
    Counts counts = sources.get(source);
    if (counts != null) {
      counts.onDisk += records;
    }
  }

  void discarded(Discard discard) {
    Counts counts = sources.get(discard.source());
    if (counts != null) {
      counts.discarded.merge(discard.cause(), discard.count(), Long::sum);
    }
  }

  /**
   * The law, by kind.
   *
   * @param inMemory records that are found to wait in memory
   */
  Map<String, Delivery> delivery(Map<Source, Long> inMemory) {
    Map<String, Delivery> kinds = new TreeMap<>();
    sources.forEach(
        (source, counts) ->
            kinds.put(source.kind(), delivery(counts, inMemory.getOrDefault(source, 0L))));
    return kinds;
  }

  private static Delivery delivery(Counts counts, long inMemory) {
    Map<String, Long> discarded = new HashMap<>();
    long discards = 0;
    for (Discard.Cause cause : Discard.Cause.values()) {
      long count = counts.discarded.getOrDefault(cause, 0L);
      discarded.put(cause.label(), count);
      discards += count;
    }
    long spooled = inMemory + counts.onDisk;
    return new Delivery(
        counts.produced,
        counts.acknowledged,
        spooled,
        counts.onDisk,
        new TreeMap<>(discarded),
        counts.produced - counts.acknowledged - spooled - discards);
  }
}
