// SPDX-License-Identifier: Apache-2.0

/** Parsers against hostile bytes. */
@NullMarked
package org.dnsprism.tests.fuzz;

import org.jspecify.annotations.NullMarked;
