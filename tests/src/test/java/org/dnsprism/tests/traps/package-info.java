// SPDX-License-Identifier: Apache-2.0

/**
 * The traps of DNS classification, one class each, and what makes their traffic: {@link
 * org.dnsprism.tests.traps.IpPackets} and {@link org.dnsprism.tests.traps.Conversation} make
 * packets, {@link org.dnsprism.tests.traps.EthernetFrames} encloses them, {@link
 * org.dnsprism.tests.traps.TrapCapture} runs them through the whole program.
 */
@NullMarked
package org.dnsprism.tests.traps;

import org.jspecify.annotations.NullMarked;
