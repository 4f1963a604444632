// SPDX-License-Identifier: Apache-2.0
/**
 * Servers and clients that speak encrypted DNS, for making labelled traffic in the lab. They run on
 * Linux only: QUIC needs a native library.
 */
@NullMarked
package org.dnsprism.lab;

import org.jspecify.annotations.NullMarked;
