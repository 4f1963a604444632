// SPDX-License-Identifier: Apache-2.0
/**
 * What encrypted flows show without being read: sizes, directions and times of TLS records and QUIC
 * packets, and what follows from them.
 */
@NullMarked
package org.dnsprism.classifier.behaviour;

import org.jspecify.annotations.NullMarked;
