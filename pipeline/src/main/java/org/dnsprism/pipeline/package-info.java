// SPDX-License-Identifier: Apache-2.0

/** Joins capture and classifier into workers, windows, records and sinks. */
@NullMarked
package org.dnsprism.pipeline;

import org.jspecify.annotations.NullMarked;
