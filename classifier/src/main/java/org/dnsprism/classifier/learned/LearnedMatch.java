// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import org.jspecify.annotations.Nullable;

/** Weighs what is learned of a server against what one flow shows. Reused; allocates nothing. */
public final class LearnedMatch {
  private @Nullable LearnedEndpoint best;
  private int rule;
  private int protocols;
  private boolean weak;

  /** Makes one that has found nothing. */
  public LearnedMatch() {}

  /**
   * Looks for statements about the server of a flow that hold for it.
   *
   * @param asked protocols that the flow could be, as bits of {@link LearnedEndpoint#protocols()}
   * @param name server name that the flow shows; valid up to {@code nameLength}
   * @param nameLength 0 when the flow shows no name
   * @param nameRule index of the rule that the endpoint list has for the name, or -1
   * @param startNanos when the flow began; what had run out by then is no news of it
   * @return whether there is one
   */
  public boolean find(
      LearnedTable table,
      long high,
      long low,
      int port,
      int asked,
      byte[] name,
      int nameLength,
      int nameRule,
      long startNanos) {
    best = null;
    rule = -1;
    protocols = 0;
    weak = true;
    boolean ambiguous = false;
    int index = table.first(high, low, port);
    while (index >= 0) {
      LearnedEndpoint statement = table.statement(index);
      boolean meant = (statement.protocols() & asked) != 0 && statement.expiryNanos() > startNanos;
      if (meant && holds(table, index, name, nameLength, nameRule)) {
        int of = table.rule(index);
        ambiguous |= rule >= 0 && of >= 0 && !table.sameOperator(rule, of);
        take(statement, of, asked);
      }
      index = table.another(index) ? index + 1 : -1;
    }
    if (ambiguous) {
      weak = true;
      rule = -1;
    }
    return best != null;
  }

  private static boolean holds(
      LearnedTable table, int index, byte[] name, int nameLength, int nameRule) {
    LearnedEndpoint statement = table.statement(index);
    if (nameLength == 0) {
      return !statement.nameOnly();
    }
    int of = table.rule(index);
    if (of >= 0) {
      return nameRule >= 0 && table.sameOperator(of, nameRule);
    }
    return statement.tellsName() && table.names(index, name, nameLength);
  }

  /** Strong statements go before weak ones, and those of a listed name before others. */
  private void take(LearnedEndpoint statement, int of, int asked) {
    boolean better =
        best == null
            || (weak && !statement.weak())
            || (rule < 0 && of >= 0 && weak == statement.weak());
    protocols |= statement.protocols() & asked;
    if (better) {
      best = statement;
    }
    rule = rule < 0 ? of : rule;
    weak &= statement.weak();
  }

  /** The statement that says most; null when nothing was found. */
  public @Nullable LearnedEndpoint best() {
    return best;
  }

  /** Index of the rule of the endpoint list that names the resolver, or -1. */
  public int rule() {
    return rule;
  }

  /** The protocols that were asked for and that the server takes. */
  public int protocols() {
    return protocols;
  }

  /** Whether all that was found can be wrong, or contradicts itself. */
  public boolean weak() {
    return weak;
  }
}
