// SPDX-License-Identifier: Apache-2.0

/** Figures for people: concentration, and the report on the terminal. */
@NullMarked
package org.dnsprism.pipeline.report;

import org.jspecify.annotations.NullMarked;
