// SPDX-License-Identifier: Apache-2.0

/** The traffic maker against the program and against tshark. */
@NullMarked
package org.dnsprism.tests.traffic;

import org.jspecify.annotations.NullMarked;
