// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.verdict;

import java.util.EnumSet;
import java.util.Set;

/**
 * One row of the rules table: it fits a flow that has all of {@code required} and none of {@code
 * excluded}.
 *
 * @param name short stable name, used by {@code explain} and the documentation
 * @param transport the verdict
 * @param confidence how sure it is
 * @param required bits of {@link Evidence} that must be there
 * @param excluded bits of {@link Evidence} that must not be there
 * @param why the reasoning in one sentence
 */
public record Rule(
    String name,
    Transport transport,
    Confidence confidence,
    long required,
    long excluded,
    String why) {

  static Rule of(String name, Transport transport, Confidence confidence, String why) {
    return new Rule(name, transport, confidence, 0, 0, why);
  }

  Rule given(Evidence... kinds) {
    return new Rule(name, transport, confidence, required | bits(kinds), excluded, why);
  }

  Rule without(Evidence... kinds) {
    return new Rule(name, transport, confidence, required, excluded | bits(kinds), why);
  }

  /** Whether the rule fits a set of evidence. */
  public boolean fits(long evidence) {
    return (evidence & required) == required && (evidence & excluded) == 0;
  }

  /** The kinds in a set of evidence, in the order of their declaration. */
  public static Set<Evidence> kinds(long evidence) {
    EnumSet<Evidence> kinds = EnumSet.noneOf(Evidence.class);
    for (Evidence kind : Evidence.values()) {
      if (kind.in(evidence)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static long bits(Evidence... kinds) {
    long bits = 0;
    for (Evidence kind : kinds) {
      bits |= kind.bit();
    }
    return bits;
  }
}
