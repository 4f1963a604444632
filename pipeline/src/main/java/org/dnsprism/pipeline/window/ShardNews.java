// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.flow.CutAnswer;
import org.dnsprism.classifier.learned.LearnedNews;

/**
 * What a worker, or all of them, tell the others when a window closes.
 *
 * @param learned of servers
 * @param cutAnswers answers over UDP that were cut off
 */
record ShardNews(LearnedNews learned, List<CutAnswer> cutAnswers) {
  /** Nothing new. */
  static final ShardNews NONE = new ShardNews(LearnedNews.NONE, List.of());

  /** Puts the news of several workers together. */
  static ShardNews of(List<ShardNews> parts) {
    List<CutAnswer> cutAnswers = new ArrayList<>();
    parts.forEach(part -> cutAnswers.addAll(part.cutAnswers));
    return new ShardNews(
        LearnedNews.of(parts.stream().map(ShardNews::learned).toList()), cutAnswers);
  }
}
