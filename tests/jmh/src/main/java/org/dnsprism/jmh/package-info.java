// SPDX-License-Identifier: Apache-2.0

/** What each step of the packet road costs, over frames of the lab's captures. */
@NullMarked
package org.dnsprism.jmh;

import org.jspecify.annotations.NullMarked;
