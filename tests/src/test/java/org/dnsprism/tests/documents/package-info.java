// SPDX-License-Identifier: Apache-2.0

/** Tests that hold the user's documents against the code. */
@NullMarked
package org.dnsprism.tests.documents;

import org.jspecify.annotations.NullMarked;
