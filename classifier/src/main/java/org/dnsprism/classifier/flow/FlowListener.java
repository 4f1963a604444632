// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.dns.DnsMessage;

/**
 * Told what happens to flows, on the thread of the shard and in the order of its packets. An
 * interval is the number that the caller gave with the packets, such as the index of a window.
 */
public interface FlowListener {
  /**
   * A flow had packets in an interval and is now done with them: the interval closes, the flow has
   * packets in another one, or it ends. Called for every flow, other traffic included.
   *
   * @param flow with the {@code new...} counters of just this interval
   * @param interval in which those packets lie
   */
  void onActivity(FlowView flow, int interval);

  /**
   * A DNS message that can be read was seen.
   *
   * @param flow it belongs to
   * @param message valid during the call
   * @param interval of the packet that completed it
   * @param latencyNanos for a response that answers a query of the flow, the time between them; -1
   *     for queries and for responses without one
   */
  void onMessage(FlowView flow, DnsMessage message, int interval, long latencyNanos);

  /**
   * A message was seen that can be counted but not read.
   *
   * @param flow it belongs to
   * @param response whether the server sent it
   * @param interval of the packet that showed what it is
   */
  void onOpaqueMessage(FlowView flow, boolean response, int interval);

  /**
   * Queries that can neither be read nor counted are estimated to have been sent. The increments of
   * a flow add up to its estimate.
   *
   * @param flow they belong to
   * @param queries the most likely number, 0 or more
   * @param low there were hardly fewer, 0 or more
   * @param high there were hardly more, 0 or more
   * @param interval of the packet that showed it
   */
  void onEstimate(FlowView flow, int queries, int low, int high, int interval);

  /**
   * A query over TCP repeated a question whose answer over UDP was cut off shortly before; it was
   * told of as a message when it was seen.
   *
   * @param flow the connection
   * @param interval of the query
   */
  void onRetry(FlowView flow, int interval);

  /**
   * Queries were given up: no response within the time limit, or the flow ended.
   *
   * @param flow they belong to
   * @param count how many, 1 or more
   * @param interval now
   */
  void onUnanswered(FlowView flow, int count, int interval);

  /**
   * A flow ended. Its last {@link #onActivity} has been called.
   *
   * @param flow with its counters over its whole life
   * @param reason why
   * @param interval now
   */
  void onEnd(FlowView flow, EndReason reason, int interval);
}
