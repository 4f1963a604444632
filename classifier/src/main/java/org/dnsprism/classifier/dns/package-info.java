// SPDX-License-Identifier: Apache-2.0

/** DNS messages as they stand on the wire, read without allocation. */
@NullMarked
package org.dnsprism.classifier.dns;

import org.jspecify.annotations.NullMarked;
