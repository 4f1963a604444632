// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The answers of all shards that were cut off of late; immutable, the same for all shards of a run,
 * and bounded by what shards tell in two intervals.
 */
public final class CutAnswers {
  /** None at all. */
  public static final CutAnswers NONE = new CutAnswers(new TreeSet<>(CutAnswer.ORDER));

  /** A query over TCP that comes later has another cause. */
  static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final NavigableSet<CutAnswer> answers;

  private CutAnswers(NavigableSet<CutAnswer> answers) {
    this.answers = answers;
  }

  /**
   * What is known when an interval closes.
   *
   * @param news of all shards, in any order
   * @param nowNanos latest time seen
   */
  public CutAnswers with(List<CutAnswer> news, long nowNanos) {
    if (news.isEmpty() && answers.isEmpty()) {
      return this;
    }
    TreeSet<CutAnswer> next = new TreeSet<>(CutAnswer.ORDER);
    for (CutAnswer answer : answers) {
      // Frames may be late by five seconds at most.
      if (nowNanos - answer.timeNanos() <= 2 * RETRY_NANOS) {
        next.add(answer);
      }
    }
    next.addAll(news);
    return new CutAnswers(next);
  }

  /** Whether a query over TCP repeats a question whose answer was cut off shortly before. */
  boolean before(long question, long timeNanos) {
    if (answers.isEmpty()) {
      return false; // without the object to compare with
    }
    CutAnswer last = answers.floor(new CutAnswer(question, timeNanos));
    return last != null
        && last.question() == question
        && timeNanos - last.timeNanos() <= RETRY_NANOS;
  }
}
