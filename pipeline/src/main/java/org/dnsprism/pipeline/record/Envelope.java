// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as it leaves the process.
 *
 * @param head whose record it is, and which
 * @param body what it says
 * @param delivery what became of the records before it, by kind; null in flows and cells, and when
 *     the run does not send to Kafka
 */
public record Envelope(Head head, Body body, @Nullable Map<String, Delivery> delivery) {
  /** A record that says nothing of others. */
  public Envelope(Head head, Body body) {
    this(head, body, null);
  }
}
