// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.time.Duration;
import org.dnsprism.pipeline.spool.SpoolSettings;

/**
 * What happens to records that the brokers do not take at once.
 *
 * @param spool where they wait
 * @param mayWait whether who makes records may be held up by slow brokers; a capture may not
 * @param patience how long the end of a run waits for brokers that take nothing
 */
public record DeliverySettings(SpoolSettings spool, boolean mayWait, Duration patience) {}
