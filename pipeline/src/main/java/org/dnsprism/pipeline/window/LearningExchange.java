// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.function.Supplier;
import org.dnsprism.classifier.endpoint.EndpointList;

/**
 * Where the workers tell each other what they learned. They meet each time a window closes, which
 * is the same point of event time for all, so that what is known does not depend on their pace. For
 * the same reason they agree there on the endpoint list of the next window.
 */
final class LearningExchange {
  private final Phaser meeting;
  private final List<List<ShardNews>> rounds = new ArrayList<>();
  private final EndpointList[] lists;

  /**
   * Makes a meeting place.
   *
   * @param newest the newest endpoint list, asked for once in each meeting
   */
  LearningExchange(int workers, Supplier<EndpointList> newest) {
    EndpointList first = newest.get();
    lists = new EndpointList[] {first, first};
    meeting =
        new Phaser(workers) {
          @Override
          protected boolean onAdvance(int round, int left) {
            lists[round & 1] = newest.get();
            return left == 0;
          }
        };
    // Two rounds' worth: a fast worker may bring its next news while others still read the last.
    for (int round = 0; round < 2; round++) {
      List<ShardNews> news = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        news.add(ShardNews.NONE);
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
  ShardNews meet(int worker, int round, ShardNews news) {
    List<ShardNews> table = rounds.get(round & 1);
    table.set(worker, news);
    meeting.arriveAndAwaitAdvance();
    return ShardNews.of(table);
  }

  /** The endpoint list that all workers are to use after a meeting, the same for all of them. */
  EndpointList list(int round) {
    return lists[round & 1];
  }

  /** A worker has come to its end: the others no longer wait for it. */
  void leave() {
    meeting.arriveAndDeregister();
  }
}
