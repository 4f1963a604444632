// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import org.dnsprism.pipeline.report.LiveState;
import org.dnsprism.pipeline.sink.SinkException;

/** Is told how a live run stands. */
@FunctionalInterface
public interface LiveObserver {
  /**
   * Once a second, by the thread that hands records over.
   *
   * @throws SinkException when the run cannot go on
   */
  void onTick(LiveState state) throws SinkException;
}
