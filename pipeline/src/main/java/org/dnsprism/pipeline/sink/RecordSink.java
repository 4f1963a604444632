// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.sink;

import org.dnsprism.pipeline.record.Envelope;

/** One place that records go to. */
public interface RecordSink extends AutoCloseable {
  /** Takes a record. */
  void accept(Envelope record) throws SinkException;

  /** All records have been handed over: waits until they have arrived. */
  void finish() throws SinkException;

  /** Gives back what the sink holds; what was taken stays where it is. */
  @Override
  void close();
}
