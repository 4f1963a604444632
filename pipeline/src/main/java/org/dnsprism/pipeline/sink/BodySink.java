// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.sink;

import org.dnsprism.pipeline.record.Body;

/** Takes what is to be told, in order. */
@FunctionalInterface
public interface BodySink {
  /**
   * Takes one.
   *
   * @throws SinkException when it cannot be taken and nothing further should be sent
   */
  void accept(Body body) throws SinkException;
}
