// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.jspecify.annotations.Nullable;

/** The flows of a shard that are watched beyond their handshake, up to a bound. */
final class FlowWatches {
  private final FlowState state;
  private final Pool<FlowWatch> pool;

  FlowWatches(FlowState state) {
    this.state = state;
    pool = new Pool<>(state.settings().maxWatched(), () -> new FlowWatch(state));
  }

  /** Whether the flow, by its verdict so far, is to be watched. */
  boolean wants(int entry) {
    return state.mayCarryQueries(entry);
  }

  /**
   * Index of a watch for the flow; -1 when too many others are watched, which is counted where
   * queries stay unestimated for it.
   */
  int take(int entry) {
    int index = pool.take();
    if (index >= 0) {
      pool.get(index).begin(entry);
    } else if (state.transport(entry).encrypted()) {
      state.counters().unestimated++;
    }
    return index;
  }

  @Nullable FlowWatch get(int index) {
    return index < 0 ? null : pool.get(index);
  }

  void give(int index) {
    if (index >= 0) {
      pool.give(index);
    }
  }
}
