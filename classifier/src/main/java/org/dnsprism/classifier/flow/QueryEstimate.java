// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

/** The estimated queries of one flow, and how many of them have not been told yet. */
final class QueryEstimate {
  private boolean made;
  private long queries;
  private long low;
  private long high;
  private int untoldQueries;
  private int untoldLow;
  private int untoldHigh;

  /** No estimate. */
  void reset() {
    made = false;
    restart();
    untoldQueries = 0;
    untoldLow = 0;
    untoldHigh = 0;
  }

  /** The numbers start anew; what was not told yet is told with those that follow. */
  void restart() {
    queries = 0;
    low = 0;
    high = 0;
  }

  /** The flow is watched from now on. */
  void begin() {
    made = true;
  }

  void add(int moreQueries, int moreLow, int moreHigh) {
    queries += moreQueries;
    low += moreLow;
    high += moreHigh;
    untoldQueries += moreQueries;
    untoldLow += moreLow;
    untoldHigh += moreHigh;
  }

  boolean untold() {
    return (untoldQueries | untoldLow | untoldHigh) != 0;
  }

  void tell(FlowListener listener, FlowView flow, int interval) {
    listener.onEstimate(flow, untoldQueries, untoldLow, untoldHigh, interval);
    untoldQueries = 0;
    untoldLow = 0;
    untoldHigh = 0;
  }

  /** Whether the flow is watched, so that zero means that no queries were found. */
  boolean made() {
    return made;
  }

  long queries() {
    return queries;
  }

  long low() {
    return low;
  }

  long high() {
    return high;
  }
}
