// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.dnsprism.capture.SourceLedger;
import org.dnsprism.pipeline.record.CaptureLedger;
import org.jspecify.annotations.Nullable;

/** The ledgers of all workers' rings in one window, or in the whole run. */
final class RingLedgers {
  private final TreeMap<Integer, Entry> workers = new TreeMap<>();

  /**
   * What became of the frames of a worker's rings in one window.
   *
   * @param worker its number
   * @param change since the window before
   * @param waiting frames not read at the end of the window
   */
  record Entry(int worker, SourceLedger change, long waiting) {
    private Entry then(Entry later) {
      return new Entry(worker, change.plus(later.change), later.waiting);
    }
  }

  void add(Entry entry) {
    workers.merge(entry.worker(), entry, Entry::then);
  }

  void addAll(RingLedgers later) {
    later.workers.values().forEach(this::add);
  }

  /** As a record; null where there were no rings. */
  @Nullable CaptureLedger record() {
    if (workers.isEmpty()) {
      return null;
    }
    SourceLedger sum = SourceLedger.NOTHING;
    long waiting = 0;
    List<CaptureLedger.Worker> each = new ArrayList<>();
    for (Entry entry : workers.values()) {
      SourceLedger change = entry.change();
      sum = sum.plus(change);
      waiting += entry.waiting();
      each.add(
          new CaptureLedger.Worker(
              change.offered(),
              change.delivered(),
              change.dropped(),
              entry.waiting(),
              change.freezes(),
              change.interruptions()));
    }
    return new CaptureLedger(
        sum.offered(),
        sum.delivered(),
        sum.dropped(),
        waiting,
        sum.freezes(),
        sum.interruptions(),
        each);
  }
}
