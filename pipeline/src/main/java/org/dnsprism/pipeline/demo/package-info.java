// SPDX-License-Identifier: Apache-2.0

/** The demo: a capture through a broker that is started for it. */
@NullMarked
package org.dnsprism.pipeline.demo;

import org.jspecify.annotations.NullMarked;
