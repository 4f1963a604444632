// SPDX-License-Identifier: Apache-2.0

/** The program and a real broker. */
@NullMarked
package org.dnsprism.tests.kafka;

import org.jspecify.annotations.NullMarked;
