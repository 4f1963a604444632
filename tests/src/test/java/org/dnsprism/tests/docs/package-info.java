// SPDX-License-Identifier: Apache-2.0

/** What the documentation says. */
@NullMarked
package org.dnsprism.tests.docs;

import org.jspecify.annotations.NullMarked;
