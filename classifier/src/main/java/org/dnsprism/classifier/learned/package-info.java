// SPDX-License-Identifier: Apache-2.0

/**
 * What traffic itself tells about resolvers: read from DNS answers, kept for a bounded time in a
 * bounded table, and never believed against the endpoint list.
 */
@NullMarked
package org.dnsprism.classifier.learned;

import org.jspecify.annotations.NullMarked;
