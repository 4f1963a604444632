// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import java.util.ArrayList;
import java.util.List;

/**
 * What a shard, or all of them, learned in an interval.
 *
 * @param endpoints servers that take DNS
 * @param echNames public names of ECH configurations
 */
public record LearnedNews(List<LearnedEndpoint> endpoints, List<EchPublicName> echNames) {
  /** Nothing new. */
  public static final LearnedNews NONE = new LearnedNews(List.of(), List.of());

  /** Copies the lists. */
  public LearnedNews {
    endpoints = List.copyOf(endpoints);
    echNames = List.copyOf(echNames);
  }

  /** Puts the news of several shards together. */
  public static LearnedNews of(List<LearnedNews> parts) {
    List<LearnedEndpoint> endpoints = new ArrayList<>();
    List<EchPublicName> echNames = new ArrayList<>();
    for (LearnedNews part : parts) {
      endpoints.addAll(part.endpoints);
      echNames.addAll(part.echNames);
    }
    return endpoints.isEmpty() && echNames.isEmpty() ? NONE : new LearnedNews(endpoints, echNames);
  }

  boolean isEmpty() {
    return endpoints.isEmpty() && echNames.isEmpty();
  }
}
