// SPDX-License-Identifier: Apache-2.0

/** Tests of the traffic maker. */
@NullMarked
package org.dnsprism.traffic;

import org.jspecify.annotations.NullMarked;
