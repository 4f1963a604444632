// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import org.dnsprism.classifier.learned.LearnedNews;

/**
 * Where the workers tell each other what they learned. They meet each time a window closes, which
 * is the same point of event time for all, so that what is known does not depend on their pace.
 */
final class LearningExchange {
  private final Phaser meeting;
  private final List<List<LearnedNews>> rounds = new ArrayList<>();

  LearningExchange(int workers) {
    meeting = new Phaser(workers);
    // Two rounds' worth: a fast worker may bring its next news while others still read the last.
    for (int round = 0; round < 2; round++) {
      List<LearnedNews> news = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        news.add(LearnedNews.NONE);
      }
      rounds.add(news);
    }
  }

  /**
   * Waits for all workers.
   *
   * @param round number of the meeting, counted by the worker
   * @return what all of them bring
   */
  LearnedNews meet(int worker, int round, LearnedNews news) {
    List<LearnedNews> table = rounds.get(round & 1);
    table.set(worker, news);
    meeting.arriveAndAwaitAdvance();
    return LearnedNews.of(table);
  }

  /** A worker has come to its end: the others no longer wait for it. */
  void leave() {
    meeting.arriveAndDeregister();
  }
}
