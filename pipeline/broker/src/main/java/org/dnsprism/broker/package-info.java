// SPDX-License-Identifier: Apache-2.0

/** A real single-node Kafka broker inside the JVM. */
@NullMarked
package org.dnsprism.broker;

import org.jspecify.annotations.NullMarked;
