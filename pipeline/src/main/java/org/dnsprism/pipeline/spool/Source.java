// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.spool;

/**
 * What a sequence of records has in common.
 *
 * @param agent name of the process's place in the network
 * @param run identifier of its start
 * @param kind kind of record, the end of the topic's name
 */
public record Source(String agent, String run, String kind) {}
