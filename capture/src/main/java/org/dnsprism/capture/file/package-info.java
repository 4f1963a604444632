// SPDX-License-Identifier: Apache-2.0

/** Capture files of any size, plain, compressed or from standard input, read in chunks. */
@NullMarked
package org.dnsprism.capture.file;

import org.jspecify.annotations.NullMarked;
