// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.jspecify.annotations.Nullable;

/** The flows of a shard that are watched beyond their handshake, up to a bound. */
final class FlowWatches {
  private final FlowState state;
  private final Pool<FlowWatch> pool;

  /** Flows that nothing names yet leave a quarter to those that are known to be DNS. */
  private final int maxCandidates;

  private int candidates;

  FlowWatches(FlowState state) {
    this.state = state;
    maxCandidates = state.settings().maxWatched() - state.settings().maxWatched() / 4;
    pool = new Pool<>(state.settings().maxWatched(), () -> new FlowWatch(state));
  }

  /** Whether the flow, by its verdict so far, is to be watched. */
  boolean wants(int entry) {
    return state.mayCarryQueries(entry) || state.maySuspect(entry);
  }

  /**
   * Index of a watch for the flow; -1 when too many others are watched, which is counted where
   * queries stay unestimated for it.
   */
  int take(int entry) {
    boolean candidate = !state.mayCarryQueries(entry);
    if (candidate && candidates >= maxCandidates) {
      state.endSuspicion(entry, null);
      return -1;
    }
    int index = pool.take();
    if (index >= 0) {
      candidates += candidate ? 1 : 0;
      pool.get(index).begin(entry);
    } else if (state.transport(entry).encrypted()) {
      state.counters().unestimated++;
    } else {
      state.endSuspicion(entry, null);
    }
    return index;
  }

  @Nullable FlowWatch get(int index) {
    return index < 0 ? null : pool.get(index);
  }

  void give(int index) {
    if (index >= 0) {
      candidates -= pool.get(index).candidate() ? 1 : 0;
      pool.give(index);
    }
  }
}
