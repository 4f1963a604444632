// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.demo;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.dnsprism.pipeline.record.Body.Kind;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.sink.Stamper;
import org.jspecify.annotations.Nullable;

/** What came back from the topics, held against what was sent. */
public final class ReadBack {
  private final Map<Kind, Long> sent = new EnumMap<>(Kind.class);
  private final Map<Kind, Set<Long>> got = new EnumMap<>(Kind.class);
  private @Nullable SummaryRecord summary;

  /** Expects as many records of each kind as were stamped. */
  ReadBack(Stamper stamper) {
    for (Kind kind : Kind.values()) {
      sent.put(kind, stamper.count(kind));
      got.put(kind, new HashSet<>());
    }
  }

  /**
   * Takes a record.
   *
   * @return whether some are still missing
   */
  boolean take(Envelope envelope) {
    Kind kind = envelope.body().kind();
    got.computeIfAbsent(kind, any -> new HashSet<>()).add(envelope.head().seq());
    if (envelope.body() instanceof SummaryRecord last) {
      summary = last;
    }
    return !complete();
  }

  /** Whether every sequence number that was sent has come back. */
  public boolean complete() {
    for (Kind kind : Kind.values()) {
      if (got(kind) != sent.getOrDefault(kind, 0L)) {
        return false;
      }
    }
    return true;
  }

  private long got(Kind kind) {
    return got.getOrDefault(kind, Set.of()).size();
  }

  /** Counts by kind, in words. */
  public String counts() {
    StringJoiner words = new StringJoiner(", ");
    for (Kind kind : Kind.values()) {
      long expected = sent.getOrDefault(kind, 0L);
      if (kind != Kind.AGENT || expected > 0) {
        words.add("%d of %d %s".formatted(got(kind), expected, kind.label()));
      }
    }
    return words.toString();
  }

  /**
   * The run's summary as it came back.
   *
   * @throws IllegalStateException when it did not
   */
  public SummaryRecord summary() {
    if (summary == null) {
      throw new IllegalStateException("no summary has come back");
    }
    return summary;
  }
}
