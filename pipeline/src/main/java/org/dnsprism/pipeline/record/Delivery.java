// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import java.util.Map;

/**
 * What became of a run's records of one kind on their way to Kafka: {@code produced = acknowledged
 * + spooled + discarded + unaccounted}, and the last of these must be 0.
 *
 * @param produced records made before this was written
 * @param acknowledged of these, how many the brokers have acknowledged
 * @param spooled how many wait to be sent, in memory or on the disk
 * @param onDisk how many of those are on the disk
 * @param discarded how many were given up, by cause
 * @param unaccounted the rest; not 0 only if the program has an error
 */
public record Delivery(
    long produced,
    long acknowledged,
    long spooled,
    long onDisk,
    Map<String, Long> discarded,
    long unaccounted) {}
