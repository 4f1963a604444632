// SPDX-License-Identifier: Apache-2.0

/** Where encoded records wait on the disk while the place that they go to does not take them. */
@NullMarked
package org.dnsprism.pipeline.spool;

import org.jspecify.annotations.NullMarked;
