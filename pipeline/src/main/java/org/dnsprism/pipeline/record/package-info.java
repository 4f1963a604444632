// SPDX-License-Identifier: Apache-2.0

/** The records that leave the process, and their JSON form. */
@NullMarked
package org.dnsprism.pipeline.record;

import org.jspecify.annotations.NullMarked;
