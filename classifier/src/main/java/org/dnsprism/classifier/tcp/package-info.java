// SPDX-License-Identifier: Apache-2.0

/** Bounded reassembly of TCP byte streams. */
@NullMarked
package org.dnsprism.classifier.tcp;

import org.jspecify.annotations.NullMarked;
