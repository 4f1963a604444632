// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.sink;

import java.util.Map;
import org.dnsprism.pipeline.record.Delivery;
import org.dnsprism.pipeline.record.Envelope;
import org.jspecify.annotations.Nullable;

/** One place that records go to. */
public interface RecordSink extends AutoCloseable {
  /** Takes a record. */
  void accept(Envelope record) throws SinkException;

  /**
   * What has become of the records so far, by kind; null when that is not known, or certain at
   * once.
   */
  default @Nullable Map<String, Delivery> delivery() {
    return null;
  }

  /** All records have been handed over: waits until they have arrived. */
  void finish() throws SinkException;

  /** Gives back what the sink holds; what was taken stays where it is. */
  @Override
  void close();
}
