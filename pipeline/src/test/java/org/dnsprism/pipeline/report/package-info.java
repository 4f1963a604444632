// SPDX-License-Identifier: Apache-2.0

/** Tests of the report. */
@NullMarked
package org.dnsprism.pipeline.report;

import org.jspecify.annotations.NullMarked;
