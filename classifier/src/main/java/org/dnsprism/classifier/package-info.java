// SPDX-License-Identifier: Apache-2.0

/**
 * Turns frames into packets, flows and verdicts; pure functions and state over bytes and time
 * stamps.
 */
@NullMarked
package org.dnsprism.classifier;

import org.jspecify.annotations.NullMarked;
