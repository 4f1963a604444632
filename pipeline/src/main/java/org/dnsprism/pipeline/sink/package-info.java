// SPDX-License-Identifier: Apache-2.0

/** Where records go: standard output, files, or several places at once. */
@NullMarked
package org.dnsprism.pipeline.sink;

import org.jspecify.annotations.NullMarked;
