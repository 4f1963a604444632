// SPDX-License-Identifier: Apache-2.0

/** Flows, the bounded table that holds them, and what a listener may read of them. */
@NullMarked
package org.dnsprism.classifier.flow;

import org.jspecify.annotations.NullMarked;
