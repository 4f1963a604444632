// SPDX-License-Identifier: Apache-2.0

/** Bounded memory and bookkeeping for byte streams that arrive in pieces. */
@NullMarked
package org.dnsprism.classifier.reassembly;

import org.jspecify.annotations.NullMarked;
