// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.Delivery;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.Head;
import org.dnsprism.pipeline.spool.Discard;
import org.dnsprism.pipeline.spool.Source;

/**
 * Whether a consumer has every record: for each agent, run and kind, the numbers must be there
 * without a gap, up to the largest and up to what later records say was produced. What was told to
 * be discarded is not missing.
 */
public final class Completeness {
  private static final int MOST_GAPS = 8;
  private static final Comparator<Source> ORDER =
      Comparator.comparing(Source::agent).thenComparing(Source::run).thenComparing(Source::kind);

  private final Map<Source, Sequence> sequences = new TreeMap<>(ORDER);
  private final Set<String> endedRuns = new HashSet<>();
  private final boolean fromBeginning;
  private long unaccounted;

  /** The numbers of one source. */
  private static final class Sequence {
    private final SequenceSet seen = new SequenceSet();
    private final SequenceSet discarded = new SequenceSet();
    private long duplicates;
    private long produced;
  }

  /**
   * What there is of one kind of record of one run.
   *
   * @param source whose records
   * @param records different ones that were read
   * @param first smallest number expected
   * @param last largest number expected, -1 when there is none
   * @param duplicates records that were read again
   * @param discarded records that are not there and were told to have been given up
   * @param missing records that are not there without a word
   * @param gaps numbers of the first of these
   * @param ended whether the run's summary was read; else more records may come
   */
  public record Finding(
      Source source,
      long records,
      long first,
      long last,
      long duplicates,
      long discarded,
      long missing,
      String gaps,
      boolean ended) {
    /** Whether each record is there once, or accounted for. */
    public boolean complete() {
      return missing == 0 && duplicates == 0;
    }
  }

  /**
   * Starts with nothing read.
   *
   * @param fromBeginning whether reading starts with the first record of each run; else numbers
   *     before the first one read are not expected
   */
  public Completeness(boolean fromBeginning) {
    this.fromBeginning = fromBeginning;
  }

  /** Takes a record. */
  public void add(Envelope envelope) {
    Head head = envelope.head();
    Sequence sequence = sequence(new Source(head.agent(), head.run(), head.record()));
    if (!sequence.seen.add(head.seq())) {
      sequence.duplicates++;
    }
    if (envelope.body().kind() == Body.Kind.SUMMARY) {
      endedRuns.add(head.run());
    }
    Map<String, Delivery> delivery = envelope.delivery();
    if (delivery != null) {
      delivery.forEach(
          (kind, law) -> {
            Sequence of = sequence(new Source(head.agent(), head.run(), kind));
            of.produced = Math.max(of.produced, law.produced());
            unaccounted += Math.abs(law.unaccounted());
          });
    }
  }

  /** Takes word of records that were given up. */
  public void add(Discard discard) {
    sequence(discard.source()).discarded.add(discard.firstSeq(), discard.lastSeq());
  }

  private Sequence sequence(Source source) {
    return sequences.computeIfAbsent(source, any -> new Sequence());
  }

  /** What was found, by agent, run and kind. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    sequences.forEach((source, sequence) -> findings.add(finding(source, sequence)));
    return findings;
  }

  private Finding finding(Source source, Sequence sequence) {
    SequenceSet seen = sequence.seen;
    long last = Math.max(Math.max(seen.last(), sequence.discarded.last()), sequence.produced - 1);
    long first = fromBeginning || last < 0 ? 0 : seen.size() == 0 ? last + 1 : seen.first();
    SequenceSet known = new SequenceSet();
    known.addAll(seen);
    known.addAll(sequence.discarded);
    return new Finding(
        source,
        seen.size(),
        first,
        last,
        sequence.duplicates,
        known.countIn(first, last) - seen.countIn(first, last),
        Math.max(0, last - first + 1) - known.countIn(first, last),
        known.gaps(first, last, MOST_GAPS),
        endedRuns.contains(source.run()));
  }

  /** Records that ledgers could not account for; 0 unless an agent has an error. */
  public long unaccounted() {
    return unaccounted;
  }
}
