// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

/**
 * What all records have in common.
 *
 * @param record kind, the end of the topic's name: flow, stats, window, summary, agent
 * @param schema version of the record's meaning
 * @param agent name of the process's place in the network
 * @param run identifier of this start
 * @param seq number of the record in its agent, run and kind, from 0 without gaps
 */
public record Head(String record, int schema, String agent, String run, long seq) {
  /** The schema version that this program writes. */
  public static final int SCHEMA = 1;
}
