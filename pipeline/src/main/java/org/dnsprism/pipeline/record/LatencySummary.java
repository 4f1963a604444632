// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

/**
 * A distribution of durations in microseconds, in short.
 *
 * @param p50 half of all are not longer
 * @param p90 nine tenths are not longer
 * @param p99 99 in 100 are not longer
 * @param max the longest
 */
public record LatencySummary(long p50, long p90, long p99, long max) {}
