// SPDX-License-Identifier: Apache-2.0

/** Records into Kafka, and back out of it. */
@NullMarked
package org.dnsprism.pipeline.kafka;

import org.jspecify.annotations.NullMarked;
