// SPDX-License-Identifier: Apache-2.0

/** Headers from the link layer to TCP and UDP, and the packet that is found behind them. */
@NullMarked
package org.dnsprism.classifier.wire;

import org.jspecify.annotations.NullMarked;
