// SPDX-License-Identifier: Apache-2.0

/** Turns a wire or a capture file into frames; knows nothing of IP or DNS. */
@NullMarked
package org.dnsprism.capture;

import org.jspecify.annotations.NullMarked;
