// SPDX-License-Identifier: Apache-2.0

/** Event-time windows, the cells that statistics are kept in, and the workers that fill them. */
@NullMarked
package org.dnsprism.pipeline.window;

import org.jspecify.annotations.NullMarked;
