// SPDX-License-Identifier: Apache-2.0

/** Tests of the whole. */
@NullMarked
package org.dnsprism.tests;

import org.jspecify.annotations.NullMarked;
