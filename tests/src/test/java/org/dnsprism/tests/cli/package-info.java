// SPDX-License-Identifier: Apache-2.0

/** The program as its users start it. */
@NullMarked
package org.dnsprism.tests.cli;

import org.jspecify.annotations.NullMarked;
