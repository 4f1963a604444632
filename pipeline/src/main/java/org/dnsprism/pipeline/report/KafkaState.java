// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

/**
 * How a run's records stand with Kafka.
 *
 * @param produced records made
 * @param acknowledged records that the brokers have taken
 * @param waiting records that are on their way, or wait for the brokers
 * @param lost records that were given up
 */
public record KafkaState(long produced, long acknowledged, long waiting, long lost) {}
