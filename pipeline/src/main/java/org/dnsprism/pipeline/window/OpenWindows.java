// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.ArrayList;
import java.util.List;

/** The windows that a worker has open: the current one, and those that late frames may fall in. */
final class OpenWindows {
  private final List<OpenWindow> open = new ArrayList<>();
  private OpenWindow last = new OpenWindow(0);

  OpenWindows() {
    open.add(last);
  }

  /** The window with a number, opened if need be. */
  OpenWindow at(int interval) {
    if (last.interval() == interval) {
      return last;
    }
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i).interval() == interval) {
        last = open.get(i);
        return last;
      }
    }
    last = new OpenWindow(interval);
    open.add(last);
    return last;
  }

  /** Adds what all open windows have so far. */
  void addTo(WindowTotals totals) {
    open.forEach(window -> totals.addAll(window.totals()));
  }

  /** Takes a window out; an empty one if nothing was counted in it. */
  OpenWindow close(int interval) {
    OpenWindow closed = at(interval);
    open.remove(closed);
    last = open.isEmpty() ? new OpenWindow(interval + 1) : open.get(0);
    if (open.isEmpty()) {
      open.add(last);
    }
    return closed;
  }
}
