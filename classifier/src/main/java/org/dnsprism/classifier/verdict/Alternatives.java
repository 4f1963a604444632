// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What would change a verdict: each fact that, added or taken away, leads to another transport or
 * confidence by the same rules table. What goes with a fact goes and comes with it, as {@link
 * Premise} has it, so that no set of evidence is tried that a flow could not have.
 */
public final class Alternatives {
  private static final Comparator<Alternative> MOST_TELLING_FIRST =
      Comparator.comparing((Alternative each) -> each.rule().fits(0))
          .thenComparing(Alternative::added)
          .thenComparing(each -> -each.rule().confidence().ordinal())
          .thenComparing(Alternative::kind);

  private Alternatives() {}

  /**
   * The facts that would change the verdict, most telling first: those that it rests on before
   * those that are missing, strong verdicts before weak ones, and last those with which nothing
   * would be recognised.
   *
   * @param evidence bits of {@link Evidence}
   */
  public static List<Alternative> of(long evidence) {
    Rule decided = Rules.decide(evidence);
    List<Alternative> found = new ArrayList<>();
    for (Evidence kind : Evidence.values()) {
      boolean add = !kind.in(evidence);
      if (!Premise.known(kind) || (add && !Premise.of(kind).canJoin(evidence))) {
        continue;
      }
      Rule rule = Rules.decide(changed(kind, evidence));
      if (rule.transport() != decided.transport() || rule.confidence() != decided.confidence()) {
        found.add(new Alternative(kind, add, rule));
      }
    }
    List<Alternative> telling = new ArrayList<>(found);
    telling.removeIf(each -> found.stream().anyMatch(other -> saysMore(other, each, evidence)));
    telling.sort(MOST_TELLING_FIRST);
    return telling;
  }

  /** Whether the loss of one kind alone does the same as a change that takes that kind along. */
  private static boolean saysMore(Alternative one, Alternative other, long evidence) {
    return !one.added()
        && one.kind() != other.kind()
        && one.rule().equals(other.rule())
        && !one.kind().in(changed(other.kind(), evidence));
  }

  /** A set of evidence without a kind that it has, or with one that it has not. */
  private static long changed(Evidence kind, long evidence) {
    return kind.in(evidence) ? without(kind, evidence) : with(kind, evidence);
  }

  /** A set of evidence with one kind more, and without what gives way to it. */
  static long with(Evidence kind, long evidence) {
    Premise premise = Premise.of(kind);
    long after = (evidence & ~premise.displaces()) | premise.brings() | kind.bit();
    return settled(evidence, after);
  }

  /** A set of evidence with one kind less, and without what presupposes it. */
  static long without(Evidence kind, long evidence) {
    return settled(evidence, (evidence & ~kind.bit()) | Premise.of(kind).leaves());
  }

  /** Takes away what lost its premise by the change. */
  private static long settled(long before, long after) {
    long kept = after;
    // An address is looked up for a port.
    if (((before ^ after) & Premise.PORTS) != 0) {
      kept &= ~(before & Premise.OF_ADDRESS);
    }
    if (Evidence.ALPN_H3.in(before ^ after)) {
      kept &= ~(before & Premise.LEARNED);
    }
    long last;
    do {
      last = kept;
      for (Evidence kind : Rule.kinds(last)) {
        boolean lost = Premise.known(kind) && losesPremise(kind, before, kept);
        kept = lost ? kept & ~kind.bit() : kept;
      }
    } while (kept != last);
    // An age is that of the entry in use.
    return Evidence.SNI_LISTED.in(before ^ kept)
        ? kept & ~(before & Evidence.LIST_STALE.bit())
        : kept;
  }

  private static boolean losesPremise(Evidence kind, long before, long after) {
    Premise premise = Premise.of(kind);
    return (premise.met(before) && !premise.met(after))
        || (premise.accompanied(before) && !premise.accompanied(after));
  }
}
