// SPDX-License-Identifier: Apache-2.0

/**
 * Frames from a network interface of Linux through memory that kernel and program share: packet
 * sockets with a TPACKET_V3 ring (packet(7), and packet_mmap in the kernel's documentation).
 */
@NullMarked
package org.dnsprism.capture.ring;

import org.jspecify.annotations.NullMarked;
