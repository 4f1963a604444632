// SPDX-License-Identifier: Apache-2.0

/** Labelled captures, in and out. */
@NullMarked
package org.dnsprism.tests.corpus;

import org.jspecify.annotations.NullMarked;
