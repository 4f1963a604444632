// SPDX-License-Identifier: Apache-2.0

/**
 * Makes traffic like that of an access network, with its truth beside it. It shares no code with
 * the product, so that each can be held against the other.
 */
@NullMarked
package org.dnsprism.traffic;

import org.jspecify.annotations.NullMarked;
